"""What the forms of earlier layouts printed and today's does not: nobody typed it, so nobody misses it.

When a printed text of the workbook changes, the former one is added here (`tests/repair/test_earlier.py` tells).
"""

EARLIER = (
    "信息处理费金额是10元的整数倍，实际收取不超过通知收取，通知件数为0与通知金额为0同时成立",
    "对照台账填写各表，合计自动算出。",
    "数字",
    "数字格（可不填）",
    "这里还没有上年数据。有上年的填报表或已公布的年度报告时，请用程序生成带上年数据的新表：\n"
    "nianbao new --body 单位名称 --year 年度 --from 上年文件 -o 新表.xlsx\n"
    "没有上年数据也可以填报，只是不作跨年度核对。",
    "看核对结果，有不符的回到表里核对红色的数；去年的数见“上年数据”。",
)

EARLIER_FORMULAS = (
    '=IF(COUNT(A1)<1,"",SUM(A1)-SUM(A1))',
    '=IF(OR(COUNT(A1)=0,nb_info_level="",nb_info_level="市级以上机关"),"",SUM(A1))',
    '=IF(COUNT(A1)<1,"",MIN(0,SUM(A1)-SUM(A1)))',
    '=IF(COUNT(A1)<1,"",ROUND(MIN(0,SUM(A1)-SUM(A1)),6))',
    '=IF(COUNT(A1)<1,"",ROUND(MOD(N(A1),10)+MOD(N(A1),10),6))',
    '=IF(COUNT(A1)<1,"",ROUND(IF((N(A1)=0)=(N(A1)=0),0,1),6))',
)
"""Their formulas in the sheets to be filled in, whatever cells and numbers they name."""
