# Razor AHRS and its relatives:
#   #YPR=-35.17,-18.06,-157.33
# Angles only: yaw, pitch, roll in degrees, of axes forward, right and down.
[profile]
name=razor-ypr
description=Razor AHRS, yaw, pitch and roll
prefix=#YPR=
ignore=#A,#M,#G,#SYNCH
sniff=yes
[columns]
yaw=1 deg
pitch=2 deg
roll=3 deg
[angles]
up=-z
[gates]
largest_pitch=90
