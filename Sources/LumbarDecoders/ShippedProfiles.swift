// Generated from systemd/profiles by tools/embed-profiles; do not edit.

/// The profile files that come with the program, so that they are known wherever it runs.
enum ShippedProfiles {
    /// Name of the file and what is in it, comments and all.
    static let files: [(file: String, text: String)] = [
        (
            "ang.profile",
            #"""
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
            """#
        ),
        (
            "areal.profile",
            #"""
            # The sketch MPU6050_DMP6 of i2cdevlib with OUTPUT_READABLE_REALACCEL. Gravity has been taken off, and with it all that says
            # which way is up: such lines are recognised, and cannot be used.
            [profile]
            name=areal
            description=i2cdevlib MPU6050, acceleration without gravity: cannot be used
            prefix=areal
            delimiter=blanks
            sniff=yes
            advice=the sketch prints acceleration without gravity, which does not say where up is: define OUTPUT_READABLE_QUATERNION or OUTPUT_READABLE_YAWPITCHROLL in it instead
            """#
        ),
        (
            "json.profile",
            #"""
            # JSON lines that say their own units:
            #   {"axes":{"accel":{"x":0.01,"y":-0.02,"z":0.99,"unit":"g"},"gyro":{"x":0.1,"y":0.0,"z":0.0,"unit":"dps"}},"uptime_ms":12}
            # Sketches that send JSON without units are many, with as many meanings: copy this file to /etc/lumbard/profiles under a name of
            # its own, change the pointers, and declare the units that the sketch really sends. To be declared: protocol=json.
            [profile]
            name=json
            description=JSON lines with units
            require=/axes/accel/unit=g, /axes/gyro/unit=dps
            [columns]
            ax=/axes/accel/x g
            ay=/axes/accel/y g
            az=/axes/accel/z g
            gx=/axes/gyro/x dps
            gy=/axes/gyro/y dps
            gz=/axes/gyro/z dps
            time=/uptime_ms ms
            """#
        ),
        (
            "openlog.profile",
            #"""
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
            """#
        ),
        (
            "quat.profile",
            #"""
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
            """#
        ),
        (
            "razor-ypr.profile",
            #"""
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
            """#
        ),
        (
            "razor-yprag.profile",
            #"""
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
            """#
        ),
        (
            "tabs.profile",
            #"""
            # Tabs instead of commas, with a header line that names the columns; to be declared: protocol=tabs.
            #   t_ms	ax_g	ay_g	az_g	gx_dps	gy_dps	gz_dps
            [profile]
            name=tabs
            description=Lines between tabs, with names and units in a header
            delimiter=tab
            header=yes
            [columns]
            time=t_ms ms
            ax=ax_g g
            ay=ay_g g
            az=az_g g
            gx=gx_dps dps
            gy=gy_dps dps
            gz=gz_dps dps
            """#
        ),
        (
            "x-imu3-angles.profile",
            #"""
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
            """#
        ),
        (
            "x-imu3-ascii.profile",
            #"""
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
            """#
        ),
        (
            "x-imu3-quaternion.profile",
            #"""
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
            """#
        ),
        (
            "ypr.profile",
            #"""
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
            """#
        ),
    ]
}
