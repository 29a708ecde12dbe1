package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// Thumbnails have at most this many pixels: twice those they are shown with, for sharp pictures on fine screens.
const (
	thumbnailWidth  = 480
	thumbnailHeight = 360
)

// thumbnail makes a small picture of a PNG: whole, averaged over the area of each new pixel.
func thumbnail(raw []byte) ([]byte, error) {
	source, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("the picture cannot be read: %w", err)
	}
	paper := image.NewRGBA(image.Rectangle{Max: source.Bounds().Size()})
	draw.Draw(paper, paper.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(paper, paper.Rect, source, source.Bounds().Min, draw.Over)
	ratio := max(float64(paper.Rect.Dx())/thumbnailWidth, float64(paper.Rect.Dy())/thumbnailHeight, 1)
	small := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(paper.Rect.Dx())/ratio)), max(1, int(float64(paper.Rect.Dy())/ratio))))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			small.SetRGBA(x, y, mean(paper, float64(x)*ratio, float64(y)*ratio, ratio))
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&out, small)
	return out.Bytes(), err
}

// mean is the colour of a square of the picture, each pixel weighted by how much of it lies in there.
func mean(paper *image.RGBA, left, top, side float64) color.RGBA {
	var sum [3]float64
	var area float64
	for y := int(top); y < min(paper.Rect.Dy(), int(top+side)+1); y++ {
		for x := int(left); x < min(paper.Rect.Dx(), int(left+side)+1); x++ {
			w := overlap(left, side, x) * overlap(top, side, y)
			at := paper.PixOffset(x, y)
			for i, v := range paper.Pix[at : at+3] {
				sum[i] += w * float64(v)
			}
			area += w
		}
	}
	byteOf := func(v float64) uint8 { return uint8(v/area + 0.5) }
	return color.RGBA{R: byteOf(sum[0]), G: byteOf(sum[1]), B: byteOf(sum[2]), A: 0xff}
}

// overlap is how much of pixel i lies between from and from+length.
func overlap(from, length float64, i int) float64 {
	return max(0, min(from+length, float64(i+1))-max(from, float64(i)))
}
