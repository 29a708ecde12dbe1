"""Writes the fixtures of this folder, and beside them in values.json what netCDF4 reads from them.

Needs netCDF4 1.7, scipy and numpy:  python make.py
"""
import json

import netCDF4
import numpy as np
from scipy.io import netcdf_file

rng = np.random.default_rng(2)


def write(path, format):
    with netCDF4.Dataset(path, "w", format=format) as f:
        f.title = "fixture"
        f.createDimension("time", None)
        f.createDimension("site", 3)
        f.createDimension("letters", 4)
        f.createVariable("time", "f8", ("time",)).units = "hours since 2001-01-01 00:00:00"
        f["time"][:] = 6.0 * np.arange(20)
        x = f.createVariable("x", "f4", ("time", "site"), fill_value=-9999)
        x.units = "m s-1"
        x[:] = rng.normal(size=(20, 3))
        x[4, 1] = np.ma.masked
        p = f.createVariable("packed", "i2", ("time",))
        p.scale_factor, p.add_offset, p.missing_value = 0.01, 20.0, np.int16(-99)
        p[:] = 20 + rng.normal(size=20).round(2)
        f.createVariable("odd", "i1", ("time", "site"))[:] = rng.integers(-100, 100, (20, 3))
        f.createVariable("fixed", "f8", ("site", "letters"))[:] = rng.normal(size=(3, 4))
        f.createVariable("count", "i4", ("site",))[:] = [10, -20, 30]
        f.createVariable("never", "f8", ("site",))
        f.createVariable("scalar", "f8", ())[:] = 0.25
        f.createVariable("name", "S1", ("site", "letters"))[:] = netCDF4.stringtochar(np.array(["ab", "cd", "ef"], "S4"))
        if format == "NETCDF3_64BIT_DATA":
            for kind in ["u1", "u2", "u4", "i8", "u8"]:
                f.createVariable(kind, kind, ("time",))[:] = rng.integers(0, 100, 20)


def described(file):
    out = {}
    with netCDF4.Dataset(file) as f:
        f.set_auto_maskandscale(False)
        for name, v in f.variables.items():
            if v.dtype.kind != "S":
                x = np.asarray(v[...], float)
                out[name] = {"shape": list(v.shape), "values": x.ravel().tolist()}
    return out


write("cdf1.nc", "NETCDF3_CLASSIC")
write("cdf2.nc", "NETCDF3_64BIT_OFFSET")
write("cdf5.nc", "NETCDF3_64BIT_DATA")
with netcdf_file("lone.nc", "w") as f:  # one record variable alone is not filled up to four bytes
    f.createDimension("time", None)
    f.createDimension("site", 3)
    f.createVariable("x", "i2", ("time", "site"))[:] = rng.integers(-100, 100, (7, 3))
files = ["cdf1.nc", "cdf2.nc", "cdf5.nc", "lone.nc"]
with open("values.json", "w") as out:
    json.dump({f: described(f) for f in files}, out, separators=(",", ":"))
