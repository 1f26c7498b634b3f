namespace Callback.Chaos.Ha;

internal static class Folders
{
    /// <summary>Open to the account <c>postgres</c>, which writes its data below.</summary>
    public static string Make(string folder)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        return folder;
    }

    /// <summary>The folder of <c>postgres</c> and <c>pg_ctl</c> of the newest PostgreSQL of this machine.</summary>
    public static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal).Last()
            : throw new InvalidOperationException("PostgreSQL is not installed in /usr/lib/postgresql.");
}
