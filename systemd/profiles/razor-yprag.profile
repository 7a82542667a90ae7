# razor_imu_9dof and its relatives: angles, acceleration and angular rate:
#   #YPRAG=4.60,40.62,160.75,-156.61,51.52,-162.58,-0.19,-0.06,0.35
# The firmware sends yaw, pitch and roll in degrees, acceleration in counts of which 256 are 1 g and with the sign of gravity, and
# rad/s. Sketches that print other things under the same name are known: when the sensor at rest does not measure 1 g, lumbard
# says so; copy this file to /etc/lumbard/profiles then and correct the units.
[profile]
name=razor-yprag
description=Razor IMU, angles, acceleration and rate
prefix=#YPRAG=
sniff=yes
[columns]
yaw=1 deg
pitch=2 deg
roll=3 deg
ax=-4 raw/256
ay=-5 raw/256
az=-6 raw/256
gx=7 radps
gy=8 radps
gz=9 radps
[angles]
up=-z
