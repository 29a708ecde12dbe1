package main

import (
	"context"
	"fmt"
	"time"

	"scorebook/internal/rng"
	"scorebook/stdlib/nn"
)

func trainingDuels(p *peer) []duel {
	mlp := func(batch int, aim float64) duel {
		steps := 102_400 / batch
		return trainingDuel(p, fmt.Sprintf("Adam step, MLP 16-128-64-16, batch %d", batch), "mlp", nn.NewMLP(1, 16, 128, 64, 16), batch, steps, aim)
	}
	unet, err := nn.NewUNet(nn.UNetOptions{Length: 32})
	if err != nil {
		panic(err) // the paper's shape is fine
	}
	return []duel{mlp(64, 3), mlp(1024, 1.5), trainingDuel(p, "Adam step, U-Net of LD V.B, batch 512", "unet", unet, 512, 2, 1)}
}

// trainingDuel times an epoch of so many steps: also setting out, shuffling, and conversion from float64, which PyTorch is spared.
func trainingDuel(p *peer, what, kind string, net nn.Network, batch, steps int, aim float64) duel {
	x := make([]float64, batch*steps*net.In())
	draw := rng.New(1, "bench")
	draw.Normals(x)
	d := nn.Data{X: x, Y: x}
	return duel{What: what, Peer: "PyTorch", Target: aim,
		ours: func() (float64, error) {
			begin := time.Now()
			_, err := nn.Train(context.Background(), net, d, nn.TrainOptions{Epochs: 1, Batch: batch})
			return perStep(begin, steps), err
		},
		theirs: func() (float64, error) { return p.ask("%s %d %d", kind, batch, steps) },
	}
}
