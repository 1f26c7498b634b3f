using System.Globalization;

namespace Callback.Chaos.Ground;

/// <summary>Where one run keeps its logs, ledgers and clusters; named by test and seed. Passed runs leave nothing behind, failed ones everything.</summary>
internal sealed class RunFolder
{
    private RunFolder(string path) => Root = path;

    public string Root { get; }

    /// <summary>Below CALLBACK_CHAOS_RUNS, or the folder for temporary files.</summary>
    public static RunFolder Create(string test, int seed)
    {
        var above = Environment.GetEnvironmentVariable("CALLBACK_CHAOS_RUNS") ?? Path.Combine(Path.GetTempPath(), "callback-chaos");
        Directory.CreateDirectory(above);
        var name = string.Create(CultureInfo.InvariantCulture, $"{test}-{seed}-{Wait.Now:MMdd-HHmmss-fff}");
        return new(Directory.CreateDirectory(Path.Combine(above, name)).FullName);
    }

    public string File(string name) => Path.Combine(Root, name);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <summary>Nothing to look into: the run passed.</summary>
    public void Remove()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Root} could not be removed: {e.Message}");
        }
    }
}
