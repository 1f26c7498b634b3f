using System.Globalization;
using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Web.Components.CallScripts;

/// <summary>A step as the fields of its form. What was typed stays as typed, whatever the reader says of it.</summary>
internal static class NodeFields
{
    public const string Id = "id";
    public const string Revision = "revision";
    public const string Order = "order";

    /// <summary>Field of an answer or a way, by its place in the list.</summary>
    public static string Part(string list, int place, string part) => string.Create(CultureInfo.InvariantCulture, $"{list}.{place}.{part}");

    public static NodeForm Read(IFormCollection form) => new()
    {
        Id = form[Id].ToString(),
        Kind = Enum.TryParse<NodeKind>(form["kind"], out var kind) ? kind : NodeKind.Say,
        Aside = form.ContainsKey("aside"),
        Returns = form.ContainsKey("returns"),
        Title = Both(form, "title"),
        Text = Both(form, "text"),
        Like = Both(form, "like"),
        Never = Both(form, "never"),
        Required = !form.ContainsKey("optional"),
        Several = form.ContainsKey("several"),
        FreeText = Enum.TryParse<Need>(form["free-text"], out var need) ? need : Need.None,
        Records = form["records"].ToString(),
        Answers = [.. Places(form, "answer").Select(place => Answer(form, place)).OfType<AnswerForm>().Aggregate(new List<AnswerForm>(), Named)],
        Next = [.. Places(form, "way").Select(place => new WayForm(form[Part("way", place, "to")].ToString(), Conditions(form[Part("way", place, "when")].ToString()))).Where(way => way.To.Length > 0)],
        Action = form["action"].ToString(),
        ActionTask = form["action-task"].ToString(),
        Proposes = Proposes(form, ""),
    };

    public static HeadForm ReadHead(IFormCollection form) =>
        new(Both(form, "title"), form["target"].ToString().Trim(), form["start"].ToString(), form["greeting-ends"].ToString());

    public static int RevisionOf(IFormCollection form) => int.TryParse(form[Revision], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <summary>An id from the words of a title, unlike those there are.</summary>
    public static string IdFrom(string title, IReadOnlyCollection<string> taken, string otherwise)
    {
        var letters = string.Concat(title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        var words = string.Join('-', letters.Split('-', StringSplitOptions.RemoveEmptyEntries).Take(4));
        var id = words.Length is > 0 and <= 40 ? words : otherwise;
        for (var number = 2; taken.Contains(id); number++)
            id = string.Create(CultureInfo.InvariantCulture, $"{(words.Length is > 0 and <= 40 ? words : otherwise)}-{number}");
        return id;
    }

    private static IEnumerable<int> Places(IFormCollection form, string list) =>
        form[list].Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1).Where(place => place >= 0).Distinct();

    /// <summary>A spare line that nobody filled in is no answer.</summary>
    private static AnswerForm? Answer(IFormCollection form, int place)
    {
        string Field(string part) => form[Part("answer", place, part)].ToString();
        var label = new Both(Field("label.zh").Trim(), Field("label.en").Trim());
        if (Field("id").Length == 0 && label.IsEmpty || Field("drop").Length > 0)
            return null;
        return new(Field("id"), label, Field("next"), Conditions(Field("when")), Proposes(form, $"answer.{place}."), new(Field("records.zh").Trim(), Field("records.en").Trim()));
    }

    private static List<AnswerForm> Named(List<AnswerForm> answers, AnswerForm answer)
    {
        var taken = answers.ConvertAll(other => other.Id);
        answers.Add(answer.Id.Length > 0 ? answer : answer with { Id = IdFrom(answer.Label.En, taken, "answer") });
        return answers;
    }

    private static ProposalForm Proposes(IFormCollection form, string prefix) =>
        new(form[$"{prefix}outcome"].ToString(), form.ContainsKey($"{prefix}otherwise"), [.. form[$"{prefix}reason"].OfType<string>().Where(code => code.Length > 0)]);

    private static Both Both(IFormCollection form, string name) => new(Lines(form[$"{name}.zh"].ToString()), Lines(form[$"{name}.en"].ToString()));

    /// <summary>Several conditions stand in one line, with semicolons between.</summary>
    private static string Conditions(string text) => string.Join('\n', Lines(text).Split(['\n', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();
}
