using System.Text.RegularExpressions;
using Callback.CallScripts;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.CallScripts;

public sealed class ShippedPacksTests
{
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

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_path_ends_in_time_with_an_outcome_that_can_be_saved(string name, string language)
    {
        var paths = 0;
        foreach (var facts in new[] { ScriptSamples.Full(language), ScriptSamples.Bare(language) })
        {
            foreach (var talk in Ends(Talk.Begin(name, language, facts)))
            {
                paths++;
                AssertEnd(talk);
            }
        }
        Assert.InRange(paths, 50, 100_000);
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
        }).QuickCheckThrowOnFailure();

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

    private static void AssertEnd(Talk talk)
    {
        var path = talk.Path;
        Assert.Equal(("leave", true), (path.Current.Id, path.IsOver));
        var outcome = Talk.Book.Outcomes.Find(path.Proposed.Outcome, talk.Script.Purpose);
        Assert.NotNull(outcome);
        Assert.True(outcome.Reasons != Need.Required || path.Proposed.Reasons.Count > 0, $"{outcome.Code} without a reason after {string.Join(" → ", path.Steps.Select(node => node.Id))}");
        Assert.Equal(outcome.Promise == Need.Required, path.Actions.OfType<ScriptAction.PromiseCallBack>().Any() && outcome.Code != "SomeoneElse");
        Assert.Equal(outcome.DoNotCall, path.Actions.OfType<ScriptAction.PutOnDoNotCall>().Any());
        var spoken = path.Steps.Concat(path.AsideSteps).Aggregate(TimeSpan.Zero, (time, node) => time + SpokenTime.Of(node, talk.Values));
        Assert.True(spoken <= talk.Script.TargetTime, $"{spoken} for {string.Join(" → ", path.Steps.Select(node => node.Id))}");
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

    private static void AssertWords(Talk talk)
    {
        var node = talk.Path.Current;
        var text = node.Text.Render(talk.Values);
        Assert.False(string.IsNullOrWhiteSpace(text), node.Id);
        Assert.DoesNotMatch(@"[{}]|\s\s|\bnull\b|[\u4E00-\u9FFF] | [,.?!，。？！]|，，|。。|，。", text);
        Assert.InRange(SpokenTime.Of(node, talk.Values), TimeSpan.Zero, ReadingTime.OfANode);
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
                },
            ],
        };

        string? Maybe(string? value) => random.Next(3) switch { 0 => null, 1 => " ", _ => value };
    }
}
