// Package nn holds the networks that turn scattered estimates of a score into a smooth function.
//
// [MLP] is a fully connected network with swish activations φ(u) = u·sigmoid(u) in its hidden layers and a
// linear output, the one of KG (15) and LD (26):
//
//	h₀ = x,   hₗ = φ(Wₗᵀ hₗ₋₁ + bₗ),   f(x) = W_Lᵀ h_{L−1} + b_L
//
// [UNet] is the one-dimensional convolutional network on a ring of LD V.B, with batch norm and skips. Both are a
// [Network]: they start from Glorot's uniform weights and zero biases, evaluate batches without allocation, give their
// Jacobian and divergence by backpropagation, and are fitted by [Train] with Adam to the weighted mean square error, from
// given samples or from a [Source] that draws them anew for every epoch. Weights, activations and gradients are float32, for
// speed; evaluation from float64 to float64 converts at the ends.
//
// # Training
//
// The learning rate warms up, and falls as a cosine to a floor. Held-out samples give a loss of their own, which may end
// the training early. A checkpoint lets an interrupted training go on to the very bits it would have had. A minibatch is
// cut into shards by its size alone; what they find is added up in their order, so the cores that share the work do
// not show in the result.
//
// # Files
//
// [Save] and [Load] use the safetensors layout: 8 bytes with the length of a header, the header in JSON, and little-endian
// numbers. The metadata name the network ("mlp" or "unet"), its sizes, and the SHA-256 of the numbers. Files are replaced in one
// go, and a damaged one is an error. A [Denoiser] is a network with the σ and the scale that make it a score.
//
// References: P. Ramachandran et al., "Searching for activation functions", arXiv:1710.05941 (swish);
// X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
// 2010; S. Ioffe and C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate
// shift", ICML 2015; D. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015; I. Loshchilov and F. Hutter,
// "SGDR: stochastic gradient descent with warm restarts", ICLR 2017 (the cosine schedule).
package nn
