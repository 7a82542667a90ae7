# JSON lines that say their own units:
#   {"axes":{"accel":{"x":0.01,"y":-0.02,"z":0.99,"unit":"g"},"gyro":{"x":0.1,"y":0.0,"z":0.0,"unit":"dps"}},"uptime_ms":12}
# Sketches that send JSON without units are many, with as many meanings: copy this file to /etc/lumbard/profiles under a name of
# its own, change the pointers, and declare the units that the sketch really sends. To be declared: protocol=json.
[profile]
name=json
description=JSON lines with units
require=/axes/accel/unit=g, /axes/gyro/unit=dps
[columns]
ax=/axes/accel/x g
ay=/axes/accel/y g
az=/axes/accel/z g
gx=/axes/gyro/x dps
gy=/axes/gyro/y dps
gz=/axes/gyro/z dps
time=/uptime_ms ms
