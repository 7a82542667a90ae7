# SparkFun's OpenLog Artemis, 115200 bits per second, with its column names switched on:
#   rtcDate,rtcTime,aX,aY,aZ,gX,gY,gZ,mX,mY,mZ,imu_degC,output_Hz,
# Acceleration in mg, angular rate in degrees per second. Which other columns there are is up to the settings of the logger, and
# a row may have one more than there are names. Dates come in any order, so they are not read.
[profile]
name=openlog
description=OpenLog Artemis
header=yes
more=yes
[columns]
ax=aX mg
ay=aY mg
az=aZ mg
gx=gX dps
gy=gY dps
gz=gZ dps
