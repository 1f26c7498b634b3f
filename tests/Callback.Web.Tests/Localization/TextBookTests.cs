using System.Text.RegularExpressions;
using Callback.Web.Localization;

namespace Callback.Web.Tests.Localization;

public sealed partial class TextBookTests
{
    private static readonly TextBook Book = new();

    [Fact]
    public void Every_text_stands_in_both_languages()
    {
        var missing = Book.Keys.Where(key => Language.All.Any(language => string.IsNullOrWhiteSpace(Book.Entry(key).GetValueOrDefault(language.TextKey)))).ToList();
        Assert.NotEmpty(Book.Keys);
        Assert.Empty(missing);
    }

    [Fact]
    public void Both_languages_of_a_text_take_the_same_values()
    {
        var uneven = Book.Keys.Where(key => !Places(Book.Entry(key)["en"]).SetEquals(Places(Book.Entry(key)["zh"]))).ToList();
        Assert.Empty(uneven);
    }

    [Fact]
    public void Every_text_that_is_asked_for_by_name_exists()
    {
        var missing = Sources().SelectMany(source => AskedFor().Matches(source).Select(match => match.Groups["key"].Value))
            .Distinct()
            .Where(key => !Book.Contains(key))
            .ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void No_text_is_without_use()
    {
        var sources = string.Join('\n', Sources());
        var unused = Book.Keys.Where(key => !IsUsed(key, sources)).ToList();
        Assert.Empty(unused);
    }

    [Fact]
    public void Every_problem_the_program_names_is_said_in_words()
    {
        var missing = Sources("src").SelectMany(source => NamedProblem().Matches(source).Select(match => $"problem.{match.Groups["code"].Value}"))
            .Distinct()
            .Where(key => !Book.Contains(key))
            .ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_member_of_an_enumeration_that_is_shown_has_its_text()
    {
        var begun = Book.Keys.Where(key => key.StartsWith("enum.", StringComparison.Ordinal)).Select(key => key.Split('.')[1]).Distinct().ToList();
        var enums = new[] { typeof(Actor).Assembly, typeof(Texts).Assembly }.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsEnum).ToLookup(type => type.Name);
        var missing = begun.SelectMany(name => enums[name].SelectMany(Enum.GetNames).Select(member => $"enum.{name}.{member}")).Where(key => !Book.Contains(key)).ToList();
        Assert.All(begun, name => Assert.True(enums.Contains(name), $"There is no enumeration {name}."));
        Assert.Empty(missing);
    }

    /// <summary>By its whole name in quotes, or by a beginning that a page completes: <c>$"reason.{…}"</c>, <c>Count("span.days", …)</c>.</summary>
    private static bool IsUsed(string key, string sources)
    {
        if (sources.Contains($"\"{key}\"", StringComparison.Ordinal) || key.StartsWith("enum.", StringComparison.Ordinal) || key.StartsWith("problem.", StringComparison.Ordinal))
            return true;
        for (var dot = key.LastIndexOf('.'); dot > 0; dot = key.LastIndexOf('.', dot - 1))
        {
            if (sources.Contains($"$\"{key[..dot]}.{{", StringComparison.Ordinal))
                return true;
        }
        return (key.EndsWith(".one", StringComparison.Ordinal) || key.EndsWith(".many", StringComparison.Ordinal))
            && sources.Contains($"\"{key[..key.LastIndexOf('.')]}\"", StringComparison.Ordinal);
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    private static IEnumerable<string> Sources(string folder = "src/Callback.Web")
    {
        return Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), folder), "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !path.Contains("node_modules", StringComparison.Ordinal))
            .Select(path => string.Join('\n', File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))));
    }

    private static string RepositoryRoot()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(here!.FullName, "Callback.sln")))
            here = here.Parent;
        return here.FullName;
    }

    [GeneratedRegex("""(\bT\[|\btexts\[|Flash\.\w+\(\w+, )"(?<key>[^"]+)["]""", RegexOptions.ExplicitCapture)]
    private static partial Regex AskedFor();

    [GeneratedRegex("""Problem\.Of\(\s*"(?<code>[^"]+)["]""", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedProblem();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
