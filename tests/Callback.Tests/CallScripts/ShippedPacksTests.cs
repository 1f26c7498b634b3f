using System.Text.RegularExpressions;
using Callback.CallScripts;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.CallScripts;

public sealed class ShippedPacksTests
{
    private static readonly FsCheck.Config Tries = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(40);

    /// <summary>Every script of every pack in every language it has.</summary>
    public static TheoryData<string, string> Scripts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var script in Talk.Book.All)
                data.Add(script.Pack == CallScriptBook.StandardPack ? script.Name : $"{script.Pack}/{script.Name}", script.Language);
            return data;
        }
    }

    [Fact]
    public void Shipped_configuration_has_no_mistake()
    {
        var findings = new CallScriptsCheck().Check(Config.Folder).Where(finding => finding.Kind != ConfigFindingKind.Fact);
        Assert.Empty(findings.Select(finding => $"{finding.File} {finding.Place}: {finding.Message}"));
    }

    /// <summary>Every path of every script, for an order of which everything is known, one of which nothing is, and many between.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_path_ends_in_time_with_an_outcome_that_can_be_saved(string name, string language)
    {
        var script = Talk.Book.Find(name, null, language)!;
        AssertPaths(script, ScriptSamples.Full(language));
        AssertPaths(script, ScriptSamples.Bare(language));
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => AssertPaths(script, SomeFacts(new Random(seed), language))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("payment-reminder", "en")]
    [InlineData("out-of-stock", "zh-CN")]
    [InlineData("formal-en/resolution-check", "en")]
    public void As_many_paths_are_counted_as_the_engine_walks(string name, string language)
    {
        foreach (var facts in new[] { ScriptSamples.Full(language), ScriptSamples.Bare(language) })
        {
            var talk = Talk.Begin(name, language, facts);
            var walked = Ends(talk).Select(end => (end.Path.Current.Id, end.Path.Proposed.Outcome)).ToList();
            var counted = new EveryPath(talk.Script, talk.Values);
            Assert.Equal(counted.Count, walked.Count);
            Assert.Equal(counted.Ends.Select(end => (end.End!, end.Outcome)).Distinct().Order(), walked.Distinct().Order());
        }
    }

    /// <summary>Whatever is answered, opened, gone back to and known of the order: every screen has words, and the talk comes to an end.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public void Any_walk_shows_words_without_braces_and_ends(string name, string language) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var talk = Talk.Begin(name, language, SomeFacts(random, language));
            for (var step = 0; step < 60; step++)
            {
                AssertWords(talk);
                talk = Wander(talk, random);
            }
            for (var step = 0; step < 100 && !talk.Path.IsOver; step++)
                talk = Onward(talk, random);
            Assert.True(talk.Path.IsOver, $"still at {talk.Path.Current.Id}");
        }).Check(Tries);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_side_node_leads_back_or_ends_the_call(string name, string language)
    {
        var talk = Talk.Begin(name, language).Greeted();
        var aims = talk.Script.Asides.SelectMany(aside => Ends(talk.Go($"aside:{aside}")).Take(50)).Select(end => end.Path.Current.Id).ToList();
        Assert.Equal(["back", "hang-up", "leave"], aims.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Side_panel_has_what_the_manuals_name(string name, string language)
    {
        var script = Talk.Begin(name, language).Script;
        Assert.Subset(script.Asides.ToHashSet(), new HashSet<string>
        {
            "silence", "bad-line", "abuse", "long-talker", "wants-supervisor", "someone-else", "busy-now", "who-are-you", "private-data", "voicemail",
        });
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Nothing_that_must_never_be_said_is_in_what_is_said(string name, string language)
    {
        foreach (var node in Talk.Begin(name, language).Script.Nodes.Values)
        {
            var said = string.Join('\n', [node.Text.Source, .. node.Like, .. node.Answers.Select(answer => answer.Label)]);
            Assert.Empty(Forbidden.Where(phrase => Regex.IsMatch(said, phrase, RegexOptions.IgnoreCase)).Select(phrase => $"{node.Id}: {phrase}"));
        }
    }

    [Fact]
    public void Phrases_that_must_never_be_said_would_be_found()
    {
        string[] bad = ["这个问题不归我管", "我保证绝对没问题", "给您返现换好评", "加个微信说", "I guarantee it", "That is impossible", "It's not my job"];
        Assert.All(bad, sentence => Assert.Contains(Forbidden, phrase => Regex.IsMatch(sentence, phrase, RegexOptions.IgnoreCase)));
    }

    /// <summary>What the manuals and the platforms forbid: blunt phrases, absolute promises, red lines, pressure without facts.</summary>
    private static readonly string[] Forbidden =
    [
        "不归我", "不关我", "我也不知道", "找别人", "我决定不了", "做不了主", "已经很好的服务", "只能这样", "那你想怎么样", "跟你说过", "听不懂", "公司规定", "没办法", "改天再", "不可能",
        "绝对", "保证", "肯定会", "一定会", "百分之百", "你必须", "你错了",
        "刷单", "炒信", "返现", "好评", "五星", "微信", "QQ", "支付宝转账", "不能开发票", "不支持七天", "最后一天", "马上涨价", "仅剩",
        "not my job", "don't know either", "someone else about", "can't decide", "nothing I can do", "company rules", "some other day", "impossible", "told you",
        "guarantee", "certainly", "absolutely", "definitely", "100 ?%", "you must", "you are wrong",
        "five stars?", "good review", "cash ?back", "wechat", "whatsapp", "last chance", "only today", "ends today", "hurry,", "selling out",
    ];

    private static void AssertPaths(CallScript script, ScriptFacts facts)
    {
        var values = ScriptValues.Of(facts);
        var paths = new EveryPath(script, values);
        foreach (var node in paths.Nodes)
            AssertWords(node, values);
        Assert.InRange(SpokenTime.Longest(script, values), TimeSpan.FromSeconds(30), script.TargetTime);
        Assert.InRange(paths.Count, 20, 10_000_000);
        foreach (var end in paths.Ends)
            AssertEnd(script.Purpose, end);
    }

    private static void AssertEnd(Purpose purpose, PathEnd end)
    {
        Assert.Equal("leave", end.End);
        var outcome = Talk.Book.Outcomes.Find(end.Outcome, purpose);
        Assert.NotNull(outcome);
        Assert.True(outcome.Reasons != Need.Required || end.Reasons, $"{outcome.Code} without a reason");
        Assert.Equal(outcome.Promise == Need.Required, end.Promises && outcome.Code != "SomeoneElse");
        Assert.Equal(outcome.DoNotCall, end.DoNotCall);
    }

    /// <summary>All talks from here, with one answer at every question.</summary>
    private static IEnumerable<Talk> Ends(Talk talk)
    {
        talk = talk.Listen();
        AssertWords(talk);
        var node = talk.Path.Current;
        if (node.Kind != NodeKind.Ask)
            return [talk];
        if (node.Answers.Count == 0)
            return Ends(talk.Note(node.Id, [], "words").Go("next"));
        return Offered(talk).SelectMany(answer => Ends(talk.Note(node.Id, [answer.Id]).Go("next")));
    }

    private static IEnumerable<Branch> Offered(Talk talk) => talk.Path.Current.Answers.Where(answer => answer.Condition.Holds(talk.Values, talk.Path.Answers));

    private static void AssertWords(Talk talk) => AssertWords(talk.Path.Current, talk.Values);

    private static void AssertWords(ScriptNode node, ScriptValues values)
    {
        var text = node.Text.Render(values);
        Assert.False(string.IsNullOrWhiteSpace(text), node.Id);
        Assert.DoesNotMatch(@"[{}]|\s\s|\bnull\b|[\u4E00-\u9FFF] | [,.?!，。？！]|，，|。。|，。", text);
        Assert.InRange(SpokenTime.Of(node, values), TimeSpan.Zero, ReadingTime.OfANode);
    }

    private static Talk Wander(Talk talk, Random random) => random.Next(10) switch
    {
        0 => talk.Go("back"),
        1 => talk.Go($"aside:{talk.Script.Asides[random.Next(talk.Script.Asides.Count)]}"),
        2 => talk.Go("return"),
        3 => talk.Go($"to:{talk.Path.Steps[random.Next(talk.Path.Steps.Count)].Id}"),
        _ => Onward(talk, random),
    };

    private static Talk Onward(Talk talk, Random random)
    {
        var node = talk.Path.Current;
        if (node.Kind != NodeKind.Ask)
            return talk.Go("next");
        var chosen = Offered(talk).OrderBy(_ => random.Next()).Take(node.Several ? random.Next(1, 4) : 1).Select(answer => answer.Id).ToList();
        return talk.Note(node.Id, chosen, "words").Go("next");
    }

    private static ScriptFacts SomeFacts(Random random, string language)
    {
        var full = ScriptSamples.Full(language);
        var order = full.Orders[0];
        return full with
        {
            BuyerName = Maybe(full.BuyerName),
            Holiday = Maybe(full.Holiday),
            Weekend = random.Next(2) == 0,
            LocalNow = full.LocalNow.Date.AddMinutes(random.Next(24 * 60)),
            Now = full.Now.AddMinutes(random.Next(20_000)),
            Shop = full.Shop with
            {
                ReturnDays = random.Next(2) == 0 ? 7 : null,
                PaymentMethods = Maybe(full.Shop.PaymentMethods),
                ContactWay = Maybe(full.Shop.ContactWay),
                SurveyGift = Maybe(full.Shop.SurveyGift),
                ApologyGift = Maybe(full.Shop.ApologyGift),
            },
            Orders =
            [
                order with
                {
                    Items = [.. order.Items.Take(random.Next(3))],
                    Courier = Maybe(order.Courier),
                    TrackingNo = Maybe(order.TrackingNo),
                    DeliveredAt = random.Next(2) == 0 ? order.DeliveredAt : null,
                    StockLeft = random.Next(2) == 0 ? 3 : null,
                    OfferEndsOn = random.Next(2) == 0 ? order.OfferEndsOn : null,
                    ShippedAt = random.Next(2) == 0 ? order.ShippedAt : null,
                    Case = random.Next(4) == 0 ? null : SomeCase(random, order.Case!),
                },
            ],
        };

        string? Maybe(string? value) => random.Next(3) switch { 0 => null, 1 => " ", _ => value };
    }

    /// <summary>Reports as people type them: missing, blank, with a full stop of their own, with braces, or far too long.</summary>
    private static ScriptCase SomeCase(Random random, ScriptCase full)
    {
        return new(
            Typed(full.LastScan), Typed(full.OutOfStockItem), Typed(full.OutOfStockReason), random.Next(2) == 0 ? full.RefundRequestedAt : null, Typed(full.RefundReason),
            random.Next(2) == 0 ? full.ComplaintClosedAt : null, Typed(full.ComplaintResult));

        string? Typed(string? words) => random.Next(6) switch
        {
            0 => null,
            1 => " \t ",
            2 => words + "。.",
            3 => "{{" + words + "}}",
            4 => string.Join(' ', Enumerable.Repeat(words, 20)),
            _ => words,
        };
    }
}
