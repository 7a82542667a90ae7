# The sketch MPU6050_DMP6 of i2cdevlib with OUTPUT_READABLE_REALACCEL. Gravity has been taken off, and with it all that says
# which way is up: such lines are recognised, and cannot be used.
[profile]
name=areal
description=i2cdevlib MPU6050, acceleration without gravity: cannot be used
prefix=areal
delimiter=blanks
sniff=yes
advice=the sketch prints acceleration without gravity, which does not say where up is: define OUTPUT_READABLE_QUATERNION or OUTPUT_READABLE_YAWPITCHROLL in it instead
