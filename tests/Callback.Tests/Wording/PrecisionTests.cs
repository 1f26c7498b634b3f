using Callback.Tests.CallScripts;
using Callback.Wording;
using Xunit.Abstractions;

namespace Callback.Tests.Wording;

/// <summary>How well the list as shipped tells bad wording from harmless look-alikes.</summary>
public sealed class PrecisionTests(ITestOutputHelper output)
{
    private const double Least = 0.95;

    private static readonly WordingGuard Guard = WordingGuard.Load(Config.Folder);

    [Fact]
    public void The_sentences_are_two_hundred_half_of_them_harmless_in_both_languages()
    {
        foreach (var language in new[] { "zh", "en" })
        {
            Assert.Equal(50, Sentence.All.Count(sentence => sentence.Language == language && sentence.Kind is null));
            Assert.Equal(50, Sentence.All.Count(sentence => sentence.Language == language && sentence.Kind is not null));
        }
        Assert.Equal(Sentence.All.Count, Sentence.All.Select(sentence => sentence.Text).Distinct().Count());
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Bad_wording_is_found_and_look_alikes_are_left_alone(string language)
    {
        var judged = Sentence.All.Where(sentence => sentence.Language == language).Select(sentence => (sentence, Found: Guard.Check(sentence.Text))).ToList();
        var found = judged.Count(one => one.sentence.Kind is not null && one.Found.Count > 0);
        var alarms = judged.Count(one => one.sentence.Kind is null && one.Found.Count > 0);
        var missed = judged.Count(one => one.sentence.Kind is not null && one.Found.Count == 0);
        var (precision, recall) = ((double)found / (found + alarms), (double)found / (found + missed));
        var misses = judged.Where(one => one.sentence.Kind is null == one.Found.Count > 0)
            .Select(one => $"{(one.sentence.Kind is { } kind ? $"missed {kind}" : $"false alarm {string.Join(", ", one.Found.Select(finding => finding.Entry.Id))}")}: {one.sentence.Text}");
        var report = $"{language}: precision {precision:P1}, recall {recall:P1}\n{string.Join('\n', misses)}";
        output.WriteLine(report);
        Assert.True(precision >= Least && recall >= Least, report);
    }

    [Fact]
    public void What_is_found_is_of_the_kind_that_people_gave_it()
    {
        var bad = Sentence.All.Where(sentence => sentence.Kind is not null).ToList();
        // Several kinds may meet in one sentence; the one people named has to be among them.
        var other = bad.Where(sentence => !Guard.Check(sentence.Text).Any(finding => finding.Kind == sentence.Kind)).ToList();
        Assert.True(other.Count <= bad.Count * (1 - Least), string.Join('\n', other.Select(sentence => $"{sentence.Kind}: {sentence.Text}")));
    }
}
