# The sketch MPU6050_DMP6 of i2cdevlib with OUTPUT_READABLE_QUATERNION:
#   quat	0.80	-0.08	0.59	-0.01
# Angles only. A quaternion read from the middle of its queue has another length than 1 and is refused.
[profile]
name=quat
description=i2cdevlib MPU6050, quaternion
prefix=quat
delimiter=blanks
sniff=yes
[columns]
qw=1 1
qx=2 1
qy=3 1
qz=4 1
