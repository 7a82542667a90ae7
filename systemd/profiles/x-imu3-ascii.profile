# x-IMU3 by x-io Technologies, ASCII messages: inertial.
#   I,1000000,0.0,0.0,0.0,0.0,0.0,1.0
# Time in us, angular rate in degrees per second, acceleration in g. What else it sends is passed over.
[profile]
name=x-imu3-ascii
description=x-IMU3, inertial messages
prefix=I,
ignore=Q,A,L,E,M,H,T,B,W,S,R,N,F,{
sniff=yes
[columns]
time=1 us
gx=2 dps
gy=3 dps
gz=4 dps
ax=5 g
ay=6 g
az=7 g
