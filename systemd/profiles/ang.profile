# The AHRS firmware for Pololu's MinIMU and SparkFun's 9DOF boards:
#   !ANG:0.52,-1.30,12.00
# Angles only: roll, pitch, yaw in degrees, of axes forward, right and down.
[profile]
name=ang
description=MinIMU AHRS, roll, pitch and yaw
prefix=!ANG:
ignore=!VER
sniff=yes
[columns]
roll=1 deg
pitch=2 deg
yaw=3 deg
[angles]
up=-z
[gates]
largest_pitch=90
