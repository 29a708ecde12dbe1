// Package netcdf reads arrays of numbers from files of the NetCDF classic formats: CDF-1, CDF-2 (64-bit offsets) and
// CDF-5 (64-bit data). NetCDF-4 files are HDF5 files; package hdf5 reads them.
//
// No length that a file states is trusted: what is allocated or read is bounded by the size of the file.
//
// Source: "The NetCDF Classic Format Specification", Unidata, with the CDF-5 addendum of PnetCDF.
package netcdf
