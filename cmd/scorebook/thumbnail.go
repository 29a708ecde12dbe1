package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
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
	size := source.Bounds().Size()
	ratio := max(float64(size.X)/thumbnailWidth, float64(size.Y)/thumbnailHeight, 1)
	small := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(size.X)/ratio)), max(1, int(float64(size.Y)/ratio))))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			small.Set(x, y, mean(source, float64(x)*ratio, float64(y)*ratio, ratio))
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&out, small)
	return out.Bytes(), err
}

// mean is the colour of a square of the picture, its pixels weighted by how much of them lies in it. What is transparent
// counts as white, the paper of a page.
func mean(source image.Image, left, top, side float64) color.Color {
	var sum [3]float64
	var area float64
	corner, size := source.Bounds().Min, source.Bounds().Size()
	for y := int(top); y < min(size.Y, int(top+side)+1); y++ {
		for x := int(left); x < min(size.X, int(left+side)+1); x++ {
			w := overlap(left, side, x) * overlap(top, side, y)
			r, g, b, a := source.At(corner.X+x, corner.Y+y).RGBA()
			for i, v := range [3]uint32{r, g, b} {
				sum[i] += w * float64(v+0xffff-a)
			}
			area += w
		}
	}
	byteOf := func(v float64) uint8 { return uint8(v/area/0x101 + 0.5) }
	return color.NRGBA{R: byteOf(sum[0]), G: byteOf(sum[1]), B: byteOf(sum[2]), A: 0xff}
}

// overlap is how much of pixel i lies between from and from+length.
func overlap(from, length float64, i int) float64 {
	return max(0, min(from+length, float64(i+1))-max(from, float64(i)))
}
