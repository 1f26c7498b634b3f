using System.Text.RegularExpressions;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Story;

/// <summary>What the README tells to type works as it stands there.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Every_verb_of_the_readme_runs_as_written()
    {
        var root = Root();
        var data = Directory.CreateTempSubdirectory("callback-readme-").FullName;
        var export = Path.Combine(Path.GetTempPath(), "ExportOrderList202611211000.csv");
        File.Copy(Path.Combine(root, "..", "shared", "orders", "taobao-example-gbk.csv"), export, overwrite: true);
        var verbs = File.ReadLines(Path.Combine(root, "README.md"))
            .Where(line => line.StartsWith("scripts/callback ", StringComparison.Ordinal))
            .Select(line => Words().Matches(line["scripts/callback ".Length..]).Select(word => word.Value.Trim('"')).ToArray())
            .ToList();
        Assert.True(verbs.Count >= 9);
        foreach (var words in verbs)
        {
            var arguments = words.Select(word => Here(word, export, data)).Concat(["--data", data, "--config", Path.Combine(root, "config")]).ToArray();
            var (code, output, error) = await HostProcess.RunAsync(arguments);
            Assert.True(code == 0, $"{string.Join(' ', words)} ended with {code}: {output}{error}");
        }
    }

    /// <summary>The reader's own files and disks stand elsewhere here.</summary>
    private static string Here(string word, string export, string data) =>
        word == Path.GetFileName(export) ? export
        : word.StartsWith("/mnt/", StringComparison.Ordinal) ? $"{data}-{Path.GetFileName(word)}"
        : word;

    private static string Root()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Callback.sln")))
                return here.FullName;
        }
        throw new DirectoryNotFoundException("The tests do not run below the repository.");
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();
}
