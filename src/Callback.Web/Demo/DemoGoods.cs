namespace Callback.Web.Demo;

/// <summary>What the demo shop sells and how it sends it.</summary>
internal static class DemoGoods
{
    private static readonly (string Title, decimal Price)[] Goods =
    [
        ("加绒连帽卫衣 儿童秋冬款 藏青", 89.00m), ("纯棉打底衫 中大童 两件装", 59.80m), ("轻薄羽绒服 女童短款", 239.00m), ("灯芯绒长裤 男童直筒", 79.90m), ("针织毛衣 圆领 米白", 99.00m),
        ("加厚保暖内衣套装 德绒", 69.90m), ("防滑学步鞋 软底", 85.00m), ("运动鞋 网面透气 男女童", 129.00m), ("雪地靴 加绒短筒", 158.00m), ("毛线帽围巾两件套", 39.90m),
        ("格子衬衫 纯棉长袖", 66.00m), ("牛仔外套 春秋款", 139.00m), ("卡通袜子 五双装", 19.90m), ("亲子家居服 法兰绒", 109.00m), ("书包 小学生减负护脊", 169.00m),
        ("雨衣 带书包位", 49.00m), ("公主裙 纱裙 生日礼服", 149.00m), ("羊羔绒马甲 男女童", 75.00m), ("\"小恐龙\"睡衣, 加厚连体", 88.00m), ("手套 滑雪防水", 35.00m),
    ];

    private static readonly (string Courier, string Prefix)[] Couriers = [("中通快递", "75"), ("圆通速递", "YT"), ("申通快递", "77"), ("韵达快递", "43"), ("顺丰速运", "SF")];

    private static readonly string[] Wishes = ["请尽快发货，孩子等着穿", "周末再送，工作日家里没人", "尺码拿不准，请客服联系我", "不要放快递柜", "送人的，请不要放价格单"];

    public static (string Title, decimal Price) Pick(Random random) => Goods[random.Next(Goods.Length)];

    public static (string Tracking, string Courier) Parcel(Random random)
    {
        var (courier, prefix) = Couriers[random.Next(Couriers.Length)];
        return ($"No:{prefix}{random.NextInt64(100_000_000_000, 999_999_999_999)}", courier);
    }

    public static string Wish(Random random) => Wishes[random.Next(Wishes.Length)];
}
