# The sketch MPU6050_DMP6 of i2cdevlib with OUTPUT_READABLE_YAWPITCHROLL, 115200 bits per second:
#   ypr	74.65	-12.55	9.63
# It waits for any character before it begins, which is not sent to it: take that loop out of the sketch. Angles only.
# Pitch is positive when the x axis goes up, the other way round from a rotation about y, and goes on beyond 90 degrees
# when the board lies on its face. After "FIFO overflow!" the angles jump.
[profile]
name=ypr
description=i2cdevlib MPU6050, yaw, pitch and roll
prefix=ypr
delimiter=blanks
sniff=yes
[columns]
yaw=1 deg
pitch=-2 deg
roll=3 deg
[angles]
folded_pitch=yes
