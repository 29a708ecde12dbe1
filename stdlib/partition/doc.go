// Package partition cuts the space a trajectory visits into cells of comparable probability.
//
// The cells are the leaves of a bisecting k-means tree. Starting from all the samples, every node that holds
// more than 2·p_min of them is split in two by 2-means (k-means++ seeding, then Lloyd's iteration); a node
// holding fewer is a leaf, which is a cell. Leaves are numbered depth first, the first child before the second.
// A sample descends from the root to the nearer of two centroids at each node, so that labelling one sample
// costs O(D log N_C) for D coordinates and N_C cells.
//
// Splitting everything above 2·p_min leaves cells that hold between about p_min and 2·p_min, hence the rule
//
//	N_C ≈ 0.77 / p_min
//
// by which [Options] turns a number of cells into a smallest probability and back. KG and LD choose p_min;
// N_C ∝ σ^(−d), KG (11), LD (27), is how it goes with the width σ of a score's kernel.
//
// A series larger than memory is a [Source], read chunk by chunk: [BuildFrom] keeps only the samples that the tree is built
// from, and [Tree.MomentsOf] only counts, means and variances of the cells, which merge. [Tree.NearestTo] labels by the
// nearest of all centroids instead of by descent.
//
// Distances are Euclidean in the trajectory's own coordinates: normalise first when the units differ.
//
// References: A. N. Souza and S. Silvestri, "A modified bisecting k-means for approximating transfer operators:
// application to the Lorenz equations", arXiv:2412.03734; D. Arthur and S. Vassilvitskii, "k-means++: the advantages of
// careful seeding", SODA 2007.
package partition
