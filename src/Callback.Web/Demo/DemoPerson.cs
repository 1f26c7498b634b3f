namespace Callback.Web.Demo;

/// <summary>Somebody who does not exist.</summary>
internal sealed record DemoPerson(int Id, string BuyerId, string Name, string Address)
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧巧美静雅婷欣怡子涵梓轩雨桐思远";

    private static readonly string[] Places =
    [
        "浙江省 杭州市 余杭区", "浙江省 宁波市 鄞州区", "江苏省 苏州市 吴中区", "江苏省 南京市 江宁区", "上海 上海市 浦东新区", "北京 北京市 朝阳区", "广东省 广州市 天河区",
        "广东省 深圳市 龙岗区", "四川省 成都市 武侯区", "湖北省 武汉市 洪山区", "山东省 青岛市 市北区", "陕西省 西安市 雁塔区", "福建省 厦门市 集美区", "河南省 郑州市 金水区",
        "湖南省 长沙市 岳麓区", "辽宁省 大连市 甘井子区", "云南省 昆明市 官渡区", "黑龙江省 哈尔滨市 南岗区", "重庆 重庆市 渝北区", "安徽省 合肥市 蜀山区",
    ];

    private static readonly string[] Streets = ["示例路", "虚构街", "演示大道", "样板巷", "练习路"];

    public static DemoPerson Invent(Random random, int id)
    {
        var name = $"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}{(random.Next(3) > 0 ? Given[random.Next(Given.Length)] : "")}";
        return new(id, $"demo_{1000 + id}", name, $"{Places[random.Next(Places.Length)]} {Streets[random.Next(Streets.Length)]} {random.Next(1, 300)}号");
    }
}
