"""Writes the fixtures of this folder, and beside them in values.json what h5py reads from them.

Needs h5py 3.16 (HDF5 2.0), netCDF4 1.7 and numpy:  python make.py
"""
import json

import h5py
import netCDF4
import numpy as np

rng = np.random.default_rng(1)


def fill(g, **default):
    """The datasets that are written with both old and new structures."""
    n = 50
    g.create_dataset("contiguous", data=rng.normal(size=(n, 3)))
    g.create_dataset("chunked", data=rng.normal(size=(n, 3)), chunks=(16, 2))
    g.create_dataset("gzip", data=np.cumsum(rng.normal(size=(n, 3)), 0), chunks=(20, 3), compression="gzip", shuffle=True, fletcher32=True)
    g.create_dataset("growing", data=rng.normal(size=(n, 2)), chunks=(4, 2), maxshape=(None, 2), compression="gzip")
    g.create_dataset("wide", data=rng.normal(size=(3, n)), chunks=(2, 8), maxshape=(3, None))
    g.create_dataset("both", data=rng.normal(size=(9, 11)), chunks=(2, 3), maxshape=(None, None), compression="gzip")
    g.create_dataset("bothplain", data=rng.normal(size=(9, 11)), chunks=(2, 3), maxshape=(None, None))
    g.create_dataset("single", data=rng.normal(size=(7, 2)), chunks=(7, 2), compression="gzip")
    g.create_dataset("singleplain", data=rng.normal(size=(7, 2)), chunks=(7, 2))
    g.create_dataset("many", data=rng.integers(0, 256, 2500).astype("u1"), chunks=(1,))
    g.create_dataset("manygrowing", data=rng.integers(0, 256, 700).astype("u1"), chunks=(1,), maxshape=(None,))
    g.create_dataset("deep", data=rng.normal(size=(6, 5, 4)), chunks=(4, 2, 3), compression="gzip", maxshape=(None, 5, 4))
    g.create_dataset("lzf", data=np.repeat(rng.normal(size=20), 10), chunks=(64,), compression="lzf", shuffle=True)
    sums = g.create_dataset("checksum", data=rng.integers(-9, 9, 33).astype("i1"), chunks=(33,), fletcher32=True)
    assert sums.fletcher32
    for kind in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8"]:
        x = rng.normal(size=5) if kind[-2] == "f" else rng.integers(0 if "u" in kind else -100, 100, 5)
        g.create_dataset("types/" + {"<": "little_", ">": "big_"}.get(kind[0], "") + kind[-2:], data=x.astype(kind))
    g.create_dataset("types/halves", data=np.array([0, -0.0, 6e-8, -6.1e-5, 65504, np.inf, -np.inf, np.nan], "f2"))
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    data = rng.normal(size=6)
    d = h5py.h5d.create(g.id, b"compact", h5py.h5t.NATIVE_DOUBLE, h5py.h5s.create_simple((6,)), plist)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, data)
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk((4,))
    plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    d = h5py.h5d.create(g.id, b"early", h5py.h5t.NATIVE_DOUBLE, h5py.h5s.create_simple((10,)), plist)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, rng.normal(size=10))
    holes = g.create_dataset("holes", shape=(20,), chunks=(5,), dtype="f8", maxshape=(None,))
    holes[6:9] = [1, 2, 3]
    user = g.create_dataset("fill", shape=(8,), chunks=(4,), dtype="i4", fillvalue=-999)
    user[1] = 5
    g.create_dataset("never", shape=(4,), dtype="f8")
    g.create_dataset("scalar", data=0.25)
    g.create_dataset("empty", shape=(0, 3), dtype="f8")
    shrunk = g.create_dataset("shrunk", data=np.arange(40.0).reshape(20, 2), chunks=(3, 2), maxshape=(None, 2))
    shrunk.resize((7, 2))
    a = g["gzip"].attrs
    a["units"] = "m s-1"
    a["_FillValue"] = np.float64(-1e30)
    a["fixed"] = np.bytes_("fixed text")
    a["three"] = np.array([1, 2, 3], ">i2")
    for i in range(20):
        g["growing"].attrs[f"number {i}"] = float(i)
    for i in range(300):
        if default.get("large"):
            g.create_dataset(f"large/x{i}", data=np.array([i], "i2"))
    g["soft"] = h5py.SoftLink("/contiguous")
    g["hard"] = g["contiguous"]
    g["commit"] = np.dtype("<f4")
    g.create_dataset("committed", data=np.arange(3, dtype="f4"), dtype=g["commit"])
    refuse(g.create_group("refused"))


def refuse(g):
    """What is not read."""
    g.create_dataset("compound", data=np.zeros(2, [("a", "f8"), ("b", "i4")]))
    g.create_dataset("words", data=["one", "two"], dtype=h5py.string_dtype())
    g.create_dataset("text", data=np.array([b"ab", b"cd"]))
    g.create_dataset("ragged", shape=(2,), dtype=h5py.vlen_dtype(float))
    g.create_dataset("complex", data=np.zeros(2, "c16"))
    g.create_dataset("flags", data=np.array([True, False]))
    g.create_dataset("rounded", data=np.arange(9), chunks=(9,), scaleoffset=0)
    g.create_dataset("vector", shape=(2,), dtype="(3,)f8")
    try:
        v = h5py.VirtualLayout(shape=(50, 3), dtype="f8")
        v[:] = h5py.VirtualSource(g.parent["contiguous"])
        g.create_virtual_dataset("virtual", v)
    except (TypeError, ValueError, OSError) as e:
        print("no virtual dataset:", e)


def small(path, libver):
    """One dataset of each kind of index: what the tests damage."""
    with h5py.File(path, "w", libver=libver) as f:
        t = f.create_dataset("t", data=0.1 * np.arange(12))
        t.make_scale("t")
        for name, chunks, limit in [("single", (12, 2), None), ("fixed", (5, 2), None), ("growing", (1, 2), (None, 2)), ("both", (4, 1), (None, None))]:
            d = f.create_dataset(name, data=rng.integers(-99, 99, (12, 2)).astype("i2"), chunks=chunks, maxshape=limit, compression="gzip", shuffle=True, fletcher32=True)
            d.dims[0].attach_scale(t)
        f.create_dataset("plain", data=rng.integers(0, 9, 12).astype("u1"), chunks=(1,), maxshape=(None,))
        f["plain"].attrs["units"] = "m"
        g = f.create_group("group", track_order=True)
        for i in range(9):
            g[f"x{i}"] = np.arange(i, dtype="f4")
            t.attrs[f"a{i}"] = float(i)


def described(file):
    """What h5py reads from a file: shape and values of each dataset, with null for what is not finite."""
    out = {}

    def visit(name, d):
        if not isinstance(d, h5py.Dataset):
            return
        if "refused" in name:
            out[name] = None
        elif d.shape is not None:
            x = np.asarray(d[()], float)
            out[name] = {"shape": x.shape, "values": [v if np.isfinite(v) else None for v in x.ravel().tolist()]}

    with h5py.File(file) as f:
        f.visititems(visit)
    return out


def netcdf(path):
    """A file of NetCDF-4, with what makes its attributes and links dense."""
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("time", None)
        f.createDimension("site", 3)
        f.createDimension("bare", 2)
        t = f.createVariable("time", "f8", ("time",))
        t.units = "hours since 2001-01-01"
        x = f.createVariable("x", "f4", ("time", "site"), zlib=True, shuffle=True, fletcher32=True, fill_value=-9999)
        p = f.createVariable("packed", "i2", ("time",), zlib=True)
        p.scale_factor, p.add_offset, p.units = 0.01, 20.0, "degC"
        f.createVariable("site", "i4", ("site",))[:] = [10, 20, 30]
        f.createVariable("pair", "f8", ("time", "bare"))
        t[:] = 0.5 * np.arange(40)
        x[:] = rng.normal(size=(40, 3))
        x[5, 1] = np.ma.masked
        p[:] = 20 + rng.normal(size=40).round(2)
        f["pair"][:39] = rng.normal(size=(39, 2))
        for i in range(12):
            x.setncattr(f"note{i}", f"text {i}")


with h5py.File("old.h5", "w", libver=("earliest", "v108")) as f:
    fill(f)
with h5py.File("v110.h5", "w", libver=("v110", "v110")) as f:
    fill(f, large=True)
with h5py.File("latest.h5", "w", libver="latest") as f:
    fill(f)
with h5py.File("paged.h5", "w", libver="latest") as f:
    d = f.create_dataset("x", shape=(300_000,), chunks=(1,), maxshape=(None,), dtype="u1")
    for at in [0, 135_000, 299_997]:  # so far on that the index has pages
        d[at : at + 3] = np.arange(at, at + 3) % 251 + 1
with h5py.File("userblock.h5", "w", userblock_size=1024) as f:
    f["x"] = np.arange(6.0).reshape(2, 3)
netcdf("netcdf4.nc")
small("small_old.h5", "earliest")
small("small_latest.h5", "latest")
files = ["small_old.h5", "small_latest.h5", "old.h5", "v110.h5", "latest.h5", "userblock.h5", "netcdf4.nc"]
with open("values.json", "w") as out:
    json.dump({f: described(f) for f in files}, out, indent=None, separators=(",", ":"))
