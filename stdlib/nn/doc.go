// Package nn holds the networks that turn scattered estimates of a score into a smooth function.
//
// [MLP] is a fully connected network with swish activations φ(u) = u·sigmoid(u) in its hidden layers and a
// linear output, the one of KG (15) and LD (26):
//
//	h₀ = x,   hₗ = φ(Wₗᵀ hₗ₋₁ + bₗ),   f(x) = W_Lᵀ h_{L−1} + b_L
//
// It starts from Glorot's uniform weights and zero biases, and [Train] fits it by Adam to the weighted mean square
// error. Weights, activations and gradients are float32, for speed; evaluation from float64 to float64 converts
// at the ends.
//
// References: P. Ramachandran et al., "Searching for activation functions", arXiv:1710.05941 (swish);
// X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
// 2010; D. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015; I. Loshchilov and F. Hutter,
// "SGDR: stochastic gradient descent with warm restarts", ICLR 2017 (the cosine schedule).
package nn
