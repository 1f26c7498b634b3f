using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

public sealed class ScriptValuesTests
{
    [Theory]
    [InlineData(8, "早上好", "Good morning")]
    [InlineData(11, "上午好", "Good morning")]
    [InlineData(12, "中午好", "Good afternoon")]
    [InlineData(16, "下午好", "Good afternoon")]
    [InlineData(18, "晚上好", "Good evening")]
    public void Greeting_follows_the_customers_clock(int hour, string zh, string en)
    {
        var local = new DateTime(2026, 11, 18, hour, 0, 0);
        Assert.Equal((zh, en), (Text("zh-CN", "greeting", facts => facts with { LocalNow = local }), Text("en", "greeting", facts => facts with { LocalNow = local })));
    }

    [Theory]
    [InlineData("2026-11-18T11:00", null, "祝您今天一切顺利", "have a good day")]
    [InlineData("2026-11-18T19:00", null, "祝您今晚过得舒心", "have a pleasant evening")]
    [InlineData("2026-11-20T11:00", null, "祝您今天一切顺利", "have a good day")]
    [InlineData("2026-11-20T16:00", null, "祝您周末愉快", "have a lovely weekend")]
    [InlineData("2026-11-22T11:00", null, "祝您周末愉快", "have a lovely weekend")]
    [InlineData("2026-11-18T11:00", "中秋节", "祝您中秋节快乐", "we wish you a happy 中秋节")]
    [InlineData("2026-11-18T11:00", "元旦", "祝您新年快乐", null)]
    [InlineData("2026-11-18T11:00", "端午节", "祝您端午安康", null)]
    [InlineData("2026-11-18T11:00", "清明节", "祝您今天一切顺利", null)]
    [InlineData("2026-11-18T11:00", "New Year's Day", null, "we wish you a happy New Year")]
    [InlineData("2026-11-18T11:00", "Memorial Day", null, "have a good day")]
    public void Wish_follows_the_calendar(string local, string? holiday, string? zh, string? en)
    {
        ScriptFacts On(ScriptFacts facts) => facts with { LocalNow = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), Holiday = holiday };
        if (zh is not null)
            Assert.Equal(zh, Text("zh-CN", "wish", On));
        if (en is not null)
            Assert.Equal(en, Text("en", "wish", On));
    }

    [Theory]
    [InlineData("2026-11-18T15:59", null, "今天下班前", "by this evening")]
    [InlineData("2026-11-18T16:00", null, "下一个工作日下班前", "by the end of the next working day")]
    [InlineData("2026-11-21T11:00", null, "下一个工作日下班前", "by the end of the next working day")]
    [InlineData("2026-11-18T11:00", "元旦", "下一个工作日下班前", "by the end of the next working day")]
    public void An_answer_is_promised_by_the_shops_clock(string shop, string? holiday, string zh, string en)
    {
        ScriptFacts At(ScriptFacts facts) => facts with { ShopNow = DateTime.Parse(shop, System.Globalization.CultureInfo.InvariantCulture), LocalNow = new(2026, 11, 22, 23, 0, 0), Holiday = holiday };
        Assert.Equal((zh, en), (Text("zh-CN", "answerBy", At), Text("en", "answerBy", At)));
    }

    [Theory]
    [InlineData("too small", "too small")]
    [InlineData(" too\tsmall. ", "too small")]
    [InlineData("太小了。", "太小了")]
    [InlineData("{{shop}}", "((shop))")]
    [InlineData(" 。. ", null)]
    [InlineData(null, null)]
    public void A_report_is_spoken_without_what_would_break_the_sentence(string? typed, string? spoken) =>
        Assert.Equal(spoken, Text("en", "refundReason", facts => With(facts, order => order with { Case = new(RefundReason: typed) })));

    [Theory]
    [InlineData("很")]
    [InlineData("slow ")]
    [InlineData("x")]
    [InlineData("👟")]
    public void A_long_report_is_cut_to_what_can_be_spoken(string part)
    {
        var spoken = Text("zh-CN", "lastScan", facts => With(facts, order => order with { Case = new(LastScan: string.Concat(Enumerable.Repeat(part, 200))) }))!;
        Assert.InRange(ReadingTime.Of(spoken), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(spoken.Length, 5, 90);
        Assert.False(char.IsHighSurrogate(spoken[^1]));
    }

    [Fact]
    public void A_saturday_that_is_a_workday_is_no_weekend() =>
        Assert.Equal("have a good day", Text("en", "wish", facts => facts with { Holiday = null, LocalNow = new DateTime(2026, 11, 21, 11, 0, 0), Weekend = false }));

    [Theory]
    [InlineData("168", "CNY", "168元", "¥168")]
    [InlineData("168.50", "CNY", "168.5元", "¥168.50")]
    [InlineData("49.90", "USD", "49.9美元", "$49.90")]
    [InlineData("49.90", "SEK", "49.9SEK", "49.90 SEK")]
    public void Amounts_are_worded_as_spoken(string amount, string currency, string zh, string en)
    {
        ScriptFacts Of(ScriptFacts facts) => With(facts, order => order with { Amount = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency) });
        Assert.Equal((zh, en), (Text("zh-CN", "amount", Of), Text("en", "amount", Of)));
    }

    [Fact]
    public void Amounts_of_several_orders_are_added_only_within_a_currency()
    {
        ScriptFacts Of(ScriptFacts facts) => facts with { Orders = [Costs(facts, 10, "CNY"), Costs(facts, 5.5m, "CNY"), Costs(facts, 3, "USD")] };
        Assert.Equal("15.5元和3美元", Text("zh-CN", "amount", Of));

        static ScriptOrder Costs(ScriptFacts facts, decimal amount, string currency) => facts.Orders[0] with { Amount = new Money(amount, currency) };
    }

    [Theory]
    [InlineData(1, "刚刚", "just now")]
    [InlineData(59, "59分钟前", "59 minutes ago")]
    [InlineData(60, "1小时前", "an hour ago")]
    [InlineData(1439, "23小时前", "23 hours ago")]
    [InlineData(1440, "1天前", "a day ago")]
    [InlineData(4320, "3天前", "3 days ago")]
    public void Ages_are_worded_as_spoken(int minutes, string zh, string en)
    {
        ScriptFacts Of(ScriptFacts facts) => With(facts, order => order with { OrderedAt = facts.Now.AddMinutes(-minutes) });
        Assert.Equal((zh, en), (Text("zh-CN", "orderAge", Of), Text("en", "orderAge", Of)));
    }

    [Theory]
    [InlineData("王**")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_masked_or_blank_name_counts_as_missing(string? name) => Assert.Null(Text("zh-CN", "buyer", facts => facts with { BuyerName = name }));

    [Fact]
    public void A_hostile_title_becomes_one_harmless_line()
    {
        var goods = Text("en", "goods", facts => With(facts, order => order with { Items = [new ScriptItem("{{shop}}\r\n\u202E<b>bag</b>", 1)] }));
        Assert.Equal("((shop)) <b>bag</b>", goods);
    }

    [Theory]
    [InlineData("2016新款女鞋真皮软底平底鞋豆豆鞋妈妈鞋春秋", "2016新款女鞋真皮软底平")]
    [InlineData("短靴", "短靴")]
    public void A_long_title_is_cut_to_what_can_be_spoken(string title, string spoken)
    {
        var goods = Text("zh-CN", "goods", facts => With(facts, order => order with { Items = [new ScriptItem(title, 1)] }));
        Assert.StartsWith(goods!, title, StringComparison.Ordinal);
        Assert.StartsWith(spoken, goods!, StringComparison.Ordinal);
        Assert.InRange(goods!.Length, 1, 14);
    }

    [Fact]
    public void An_offer_that_is_over_is_not_spoken_of()
    {
        Assert.Null(Text("en", "offerEnds", facts => With(facts, order => order with { OfferEndsOn = new DateOnly(2026, 11, 17) })));
        Assert.Equal("November 18", Text("en", "offerEnds", facts => With(facts, order => order with { OfferEndsOn = new DateOnly(2026, 11, 18) })));
    }

    [Fact]
    public void Every_value_made_is_a_documented_name_and_the_other_way_round()
    {
        var full = ScriptValues.Of(ScriptSamples.Full("en"));
        Assert.Equal(ScriptValueNames.All.Select(name => name.Name).Order(StringComparer.Ordinal), full.Texts.Keys.Concat(full.Numbers.Keys).Order(StringComparer.Ordinal));
        var bare = ScriptValues.Of(ScriptSamples.Bare("en"));
        Assert.All(ScriptValueNames.All.Where(name => !name.Optional), name => Assert.True(bare.Has(name.Name), name.Name));
    }

    [Theory]
    [InlineData("你好，世界", 1.0)]
    [InlineData("one two three four five", 2.0)]
    [InlineData("168元", 0.85)]
    public void Reading_time_counts_characters_and_words(string text, double seconds) => Assert.Equal(seconds, ReadingTime.Of(text).TotalSeconds, precision: 2);

    private static string? Text(string language, string name, Func<ScriptFacts, ScriptFacts> change) => ScriptValues.Of(change(ScriptSamples.Full(language))).Text(name);

    private static ScriptFacts With(ScriptFacts facts, Func<ScriptOrder, ScriptOrder> change) => facts with { Orders = [change(facts.Orders[0])] };
}
