using System.Text.RegularExpressions;

namespace Callback.Practice.Reading;

/// <summary>Reads <c>practice/customers</c> and <c>practice/courses</c>; whatever is wrong becomes a finding.</summary>
internal static class PracticeReader
{
    public const string Customers = "practice/customers";
    public const string Courses = "practice/courses";

    public static PracticeBook Read(string configFolder, ICollection<ConfigFinding> findings)
    {
        var customers = StrictYaml.OpenFolder(configFolder, Customers, findings).Select(Customer).OfType<CustomerCharacter>().ToList();
        if (!customers.Exists(customer => customer.EndsWith is null))
            findings.Add(new(Customers, null, ConfigFindingKind.Error, "there is no customer who talks"));
        var courses = StrictYaml.OpenFolder(configFolder, Courses, findings).Select(map => CourseReader.Read(map, customers)).OfType<Course>().ToList();
        return new(customers, courses);
    }

    private static CustomerCharacter? Customer(YamlMap map)
    {
        map.Only(
            "customer", "title", "about", "name", "answers_after", "patience", "mood", "opening", "listening", "otherwise", "answers", "ends_with", "replies");
        var id = PracticeParts.Id(map, "customer");
        var (title, about, name) = (PracticeParts.Label(map, "title"), PracticeParts.Label(map, "about"), PracticeParts.Label(map, "name"));
        var opening = Said(map, "opening");
        var listening = Said(map, "listening");
        var otherwise = Said(map, "otherwise");
        foreach (var saying in (otherwise?.Zh ?? []).Concat(otherwise?.En ?? []).Where(saying => !saying.Contains("{answer}", StringComparison.Ordinal)))
            map.File.Error(map.LineOf("otherwise"), $"'{saying}' has no {{answer}}: nobody could know what is meant");
        var replies = map.Maps("replies").Select(Reply).OfType<ReplyRule>().ToList();
        return id is null || title is null || about is null || name is null || opening is null || listening is null || otherwise is null
            ? null
            : new(
                id, title, about, name, map.Span("answers_after") ?? TimeSpan.FromSeconds(3), map.Span("patience") ?? TimeSpan.FromMinutes(15),
                map.OneOf<CustomerMood>("mood") ?? CustomerMood.Calm, opening, listening, otherwise,
                [.. (map.Texts("answers") ?? []).Select(text => text.Value)], map.Text("ends_with")?.Value, replies);
    }

    private static ReplyRule? Reply(YamlMap map)
    {
        map.Only("at", "purposes", "aside", "answer", "any_of", "mood", "says");
        var nodes = map.Texts("at", required: true);
        var says = Said(map, "says");
        if (map.Has("answer") && map.Has("any_of"))
            map.File.Error(map.Line, "a reply has 'answer' or 'any_of', not both");
        if (map.Has("aside") && (map.Has("answer") || map.Has("any_of")))
            map.File.Error(map.Line, "a reply that sends the agent to an aside gives no answer; write a second reply for the answer after it");
        var answers = map.Texts("any_of") ?? map.Texts("answer") ?? [];
        return nodes is null || says is null
            ? null
            : new(
                [.. nodes.Select(node => Pattern(node.Value))], map.ManyOf<Purpose>("purposes") ?? [], map.Text("aside")?.Value,
                [.. answers.Select(answer => answer.Value)], map.Has("any_of"), map.OneOf<CustomerMood>("mood"), says);
    }

    private static Sayings? Said(YamlMap map, string key)
    {
        if (map.Map(key, required: true) is not { } said)
            return null;
        said.Only("zh", "en");
        var zh = said.Texts("zh", required: true);
        var en = said.Texts("en", required: true);
        return zh is { Count: > 0 } && en is { Count: > 0 } ? new([.. zh.Select(text => text.Value)], [.. en.Select(text => text.Value)]) : null;
    }

    private static Regex Pattern(string node) =>
        new($"^{Regex.Escape(node).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
