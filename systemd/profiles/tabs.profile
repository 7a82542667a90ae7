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
