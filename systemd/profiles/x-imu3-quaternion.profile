# x-IMU3 by x-io Technologies, ASCII messages: quaternion alone.
#   Q,1000000,1.0,0.0,0.0,0.0
# To be declared: where inertial messages come as well, they say more.
[profile]
name=x-imu3-quaternion
description=x-IMU3, quaternion messages
prefix=Q,
ignore=I,A,L,E,M,H,T,B,W,S,R,N,F,{
[columns]
time=1 us
qw=2 1
qx=3 1
qy=4 1
qz=5 1
