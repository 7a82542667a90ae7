# x-IMU3 by x-io Technologies, ASCII messages: Euler angles alone.
#   A,1000000,0.5,-1.2,30.0
# Roll, pitch, yaw in degrees. To be declared: where inertial messages come as well, they say more.
[profile]
name=x-imu3-angles
description=x-IMU3, Euler angle messages
prefix=A,
ignore=I,Q,L,E,M,H,T,B,W,S,R,N,F,{
[columns]
time=1 us
roll=2 deg
pitch=3 deg
yaw=4 deg
[gates]
largest_pitch=90
