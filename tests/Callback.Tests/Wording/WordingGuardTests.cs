using Callback.Tests.Support;
using Callback.Wording;
using FsCheck;
using FsCheck.Fluent;
using Config = Callback.Tests.CallScripts.Config;

namespace Callback.Tests.Wording;

public sealed class WordingGuardTests
{
    private static readonly WordingGuard Guard = WordingGuard.Load(Config.Folder);

    [Theory]
    [InlineData("加 微 信")]
    [InlineData("加微*信")]
    [InlineData("加＿微＿信")]
    [InlineData("加微\u200b信")]
    [InlineData("加ＷＸ")]
    [InlineData("加 V信")]
    [InlineData("客户问退款，我说加微信聊")]
    public void Spacing_width_and_fillers_hide_nothing(string words) =>
        Assert.Equal(WordingKind.RedLine, Assert.Single(Guard.Check($"好的，{words}，谢谢")).Kind);

    [Theory]
    [InlineData("We GUARANTEE it")]
    [InlineData("it is guaranteed")]
    [InlineData("I  promise   you that")]
    [InlineData("we’ll definitely refund it")]
    [InlineData("You'll Definitely\nget it")]
    public void Case_inflection_apostrophes_and_line_breaks_hide_no_promise(string words) =>
        Assert.Contains(WordingKind.AbsolutePromise, Guard.Check(words.Replace('\n', ' ')).Select(finding => finding.Kind));

    [Fact]
    public void Of_several_texts_each_is_looked_at_by_itself_and_its_own_words_are_told()
    {
        var found = Guard.CheckAll(["我说加微", "信聊", "我保证明天到", "谢谢"]);
        Assert.Equal((WordingKind.AbsolutePromise, "保证"), (Assert.Single(found).Kind, found[0].Words[..2]));
    }

    [Fact]
    public void A_finding_points_at_the_words_as_they_were_typed()
    {
        const string note = "包裹收到。客户问退款，我说：加 微＊信 聊。";
        Assert.Equal("加 微＊信", Assert.Single(Guard.Check(note)).In(note)[..5]);
    }

    [Fact]
    public void The_language_narrows_the_search_and_none_means_both()
    {
        const string note = "That's not my job. 这不归我管。";
        Assert.Equal(2, Guard.Check(note).Count);
        Assert.Equal("not my job", Assert.Single(Guard.Check(note, "en")).In(note));
        Assert.Equal("不归我管", Assert.Single(Guard.Check(note, "zh-CN")).In(note));
    }

    [Fact]
    public void A_longer_finding_of_the_same_kind_takes_the_place_of_one_inside_it()
    {
        var found = Guard.Check("好评返现三元");
        Assert.Equal(found.Count, found.Select(finding => finding.Kind).Distinct().Count());
    }

    [Theory]
    [InlineData("这款只剩{{stockLeft}}件了。", 0)]
    [InlineData("{{#if stockLeft}}这款快卖完了。{{/if}}", 0)]
    [InlineData("{{#if stockLeft}}还有货。{{else}}这款快卖完了。{{/if}}", 1)]
    [InlineData("还有{{stockLeft}}件。这款快卖完了。", 1)]
    [InlineData("{{#if offerEnds}}这款快卖完了。{{/if}}", 1)]
    [InlineData("优惠马上结束，到{{offerEnds}}为止。", 0)]
    [InlineData("{{or courier \"绝对没问题\"}}会送到", 1)]
    public void Scarcity_is_true_where_the_text_asks_for_the_fact_or_names_it_in_the_sentence(string template, int findings) =>
        Assert.Equal(findings, Guard.CheckTemplate(template).Count);

    [Fact]
    public void A_caller_may_say_what_is_proven_and_only_that()
    {
        Assert.Empty(Guard.Check("这款快卖完了", proven: ProvenFacts.Stock));
        Assert.Single(Guard.Check("这款快卖完了", proven: ProvenFacts.OfferEnd));
        Assert.Single(Guard.Check("好评返现", proven: ProvenFacts.Stock | ProvenFacts.OfferEnd), finding => finding.Kind == WordingKind.PaidReview);
    }

    [Fact]
    public void Any_text_is_taken_and_every_finding_lies_within_it() =>
        Prop.ForAll<string>(text =>
        {
            var sentence = $"{text}加微信{text}";
            return Guard.Check(sentence).All(finding => finding.Position >= 0 && finding.Length > 0 && finding.Position + finding.Length <= sentence.Length);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("kind: Rude\nentries:\n  - { id: a, zh: ['(?=x)不行'], better: { zh: 好, en: ok } }", "line 3", "'(?' is not used here")]
    [InlineData("kind: Rude\nentries:\n  - { id: a, zh: ['(不行'], better: { zh: 好, en: ok } }", "line 3", "a group is not closed")]
    [InlineData("kind: Rude\nentries:\n  - { id: a, zh: ['(不行)?'], better: { zh: 好, en: ok } }", "line 3", "matches everything")]
    [InlineData("kind: Rude\nentries:\n  - { id: a, en: ['([a-z]{90}){90}'], better: { zh: 好, en: ok } }", "line 3", "too large")]
    [InlineData("kind: Rude\nentries:\n  - { id: a, better: { zh: 好, en: ok } }", "line 3", "needs expressions")]
    [InlineData("kind: Rude\nentries:\n  - { id: a, en: [x], harmless: [refusd], better: { zh: 好, en: ok } }", "line 3", "did you mean 'refused'")]
    [InlineData("kind: Rudee\nentries:\n  - { id: a, en: [x], better: { zh: 好, en: ok } }", "line 1", "did you mean 'Rude'")]
    [InlineData("kind: Rude\nentries:\n  - { id: a, en: [x], better: { zh: 好 } }", "line 3", "'entries[].better.en' is missing")]
    public void A_wrong_file_is_refused_with_line_and_hint(string yaml, string place, string message)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "wording"));
        File.WriteAllText(Path.Combine(folder.Path, "wording/_contexts.yaml"), "contexts:\n  - { id: refused, before: ['不$'] }\n");
        File.WriteAllText(Path.Combine(folder.Path, "wording/rude.yaml"), yaml);

        var finding = Assert.Single(new WordingConfigCheck().Check(folder.Path), finding => finding.Kind == ConfigFindingKind.Error);

        Assert.Equal(("wording/rude.yaml", place), (finding.File, finding.Place));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Throws<WordingInvalidException>(() => WordingGuard.Load(folder.Path));
    }
}
