// Package hdf5 reads datasets of numbers from HDF5 files as h5py, NetCDF-4, MATLAB (-v7.3) and Julia write them.
//
// It reads superblocks 0 to 3, groups of either style, datasets that are compact, contiguous or in chunks under every
// kind of index, the filters gzip, shuffle, fletcher32 and LZF, integers and IEEE floating-point numbers of any byte order, and
// attributes that are numbers or text. Everything else (compound and variable-length data, szip, other files' data) leaves the
// dataset in the list and makes reading it an error that says so.
//
// No length that a file states is trusted: a file is never read beyond its end, its structures are followed only as
// long as they take no more than a fixed multiple of its size, and a chunk is unpacked only to the size that its packed
// bytes could give.
//
// Source: "HDF5 File Format Specification Version 3.0", The HDF Group.
package hdf5
