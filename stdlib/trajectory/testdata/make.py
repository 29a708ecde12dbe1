"""Writes the NetCDF and HDF5 fixtures of this folder, and beside them in values.json what netCDF4 and h5py read from them.

Needs h5py 3.16, netCDF4 1.7 and numpy:  python make.py
"""
import json

import h5py
import netCDF4
import numpy as np

rng = np.random.default_rng(3)
n = 30


def station(path, format):
    """A record as weather services write it: packed, with gaps, and with much that is not the series."""
    with netCDF4.Dataset(path, "w", format=format) as f:
        f.createDimension("time", None)
        f.createDimension("level", 3)
        f.createDimension("bnds", 2)
        t = f.createVariable("time", "i4", ("time",))
        t.units, t.bounds = "hours since 2001-01-01 00:00:00", "time_bnds"
        t[:] = 6 * np.arange(n)
        f.createVariable("time_bnds", "f8", ("time", "bnds"))[:] = np.stack([6 * np.arange(n), 6 * np.arange(n) + 6], 1)
        f.createVariable("level", "f4", ("level",))[:] = [1000, 850, 500]
        f.createVariable("latitude", "f8", ())[:] = 43.7
        u = f.createVariable("u", "f4", ("time", "level"), fill_value=-9999)
        u[:] = rng.normal(size=(n, 3))
        p = f.createVariable("pressure", "i2", ("time",))
        p.scale_factor, p.add_offset, p.missing_value = 0.25, 1000.0, np.int16(-99)
        p.valid_range = np.array([-400, 400], "i2")
        p[:] = 1000 + 10 * rng.normal(size=n)
        f.set_auto_maskandscale(False)
        u[7, 1] = -9999  # by _FillValue
        p[20] = -99  # by missing_value
        p[21] = 500  # out of range
        late = f.createVariable("late", "f8", ("time",))
        late[: n - 1] = rng.normal(size=n - 1)  # the last was never written


def described(path):
    with netCDF4.Dataset(path) as f:
        columns = {}
        for name in ["u", "pressure", "late"]:
            x = np.ma.filled(np.ma.asarray(f[name][:], float), np.nan)
            columns[name] = [[None if np.isnan(v) else v for v in row] for row in x.reshape(n, -1).tolist()]
        return columns


station("station.nc", "NETCDF3_CLASSIC")
station("station4.nc", "NETCDF4")

x = rng.normal(size=(n, 3))
with h5py.File("runs.h5", "w") as f:
    f["t"] = 0.02 * np.arange(n)
    f.create_dataset("x", data=x, chunks=(8, 3), compression="gzip")
    f["run/y"] = x[:, 0].astype("f4")
    f["words"] = ["a"] * n
    f["short"] = np.arange(5.0)
    f["table"] = np.zeros(2, [("a", "f8"), ("b", "i4")])
with h5py.File("transposed.h5", "w", libver="latest") as f:  # as Julia writes samples × coordinates
    f["x"] = x.T
with h5py.File("step.h5", "w") as f:
    f["x"], f["dt"] = x, 0.02
with h5py.File("matlab73.mat", "w", userblock_size=512) as f:  # as MATLAB writes t (a row) and x (samples × coordinates)
    for name, data in {"t": 0.02 * np.arange(n)[:, None], "x": x.T}.items():
        f[name] = data
        f[name].attrs["MATLAB_class"] = np.bytes_("double")
    f["note"] = np.frombuffer("abc".encode("utf-16-le"), "u2")[:, None]
    f["note"].attrs["MATLAB_class"] = np.bytes_("char")
with open("values.json", "w") as out:
    json.dump({"station.nc": described("station.nc"), "station4.nc": described("station4.nc"), "x": x.tolist()}, out)
