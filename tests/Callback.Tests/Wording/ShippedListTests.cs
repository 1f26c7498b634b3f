using System.Diagnostics;
using Callback.CallScripts;
using Callback.Tests.CallScripts;
using Callback.Wording;

namespace Callback.Tests.Wording;

/// <summary>The list as shipped.</summary>
public sealed class ShippedListTests
{
    private static readonly WordingGuard Guard = WordingGuard.Load(Config.Folder);

    [Fact]
    public void It_is_read_without_a_finding()
    {
        var findings = new WordingConfigCheck().Check(Config.Folder).ToList();
        Assert.Contains($"{Guard.Entries.Count} entries", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_entries_of_every_kind_in_both_languages()
    {
        Assert.InRange(Guard.Entries.Count, 120, 1000);
        foreach (var kind in Enum.GetValues<WordingKind>())
            foreach (var language in new[] { "zh-CN", "en" })
                Assert.InRange(Guard.Entries.Count(entry => entry.Kind == kind && entry.Languages.Contains(language)), 10, 1000);
    }

    [Fact]
    public void Every_expression_compiles_for_linear_time()
    {
        foreach (var rule in WordingReader.Read(Config.Folder, []))
            foreach (var expression in rule.Expressions.Values.Concat(rule.Harmless.SelectMany(context => new[] { context.Before, context.After, context.Inside }).OfType<WordingExpression>()))
                Assert.True(expression.Regex.Options.HasFlag(System.Text.RegularExpressions.RegexOptions.NonBacktracking));
    }

    /// <summary>The look at words is only a short cut: whatever an expression finds on its own holds one of the words it says it needs.</summary>
    [Fact]
    public void The_first_look_hides_no_match()
    {
        var texts = Sentence.All.Select(sentence => WordingText.Of(sentence.Text).Plain).ToList();
        foreach (var rule in WordingReader.Read(Config.Folder, []))
            foreach (var expression in rule.Expressions.Values)
                Assert.DoesNotContain(texts, text => expression.Words is { } words && !words.Any(word => text.Contains(word, StringComparison.Ordinal)) && expression.IsMatch(text));
    }

    [Fact]
    public void What_a_script_must_not_say_is_a_red_line_a_paid_review_or_personal_data()
    {
        var blocking = Guard.Entries.Where(entry => entry.Severity == WordingSeverity.Block).Select(entry => entry.Kind).Distinct().Order();
        Assert.Equal([WordingKind.RedLine, WordingKind.PaidReview, WordingKind.Privacy], blocking);
    }

    [Fact]
    public void No_shipped_script_is_found_fault_with() => Assert.Empty(new SpokenWordingCheck().Check(Config.Folder));

    [Fact]
    public void A_long_note_is_checked_within_milliseconds_once_warm_even_unoptimised()
    {
        var note = string.Concat(Enumerable.Repeat("客户说包裹收到了，尺码合适，没有其他要求。The parcel arrived, she is happy. ", 40))[..2000];
        for (var i = 0; i < 50; i++)
            Assert.Empty(Guard.Check(note));
        var best = Enumerable.Range(0, 50).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            Guard.Check(note);
            return Stopwatch.GetElapsedTime(start);
        });
        Assert.True(best < TimeSpan.FromMilliseconds(5), $"{best.TotalMilliseconds:0.00} ms");
    }
}
