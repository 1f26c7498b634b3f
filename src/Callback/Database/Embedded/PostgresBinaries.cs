using System.Globalization;
using System.Text.RegularExpressions;

namespace Callback.Database.Embedded;

/// <summary>The programs of one PostgreSQL: where they are and of which major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int Oldest = 15;

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    public string PgBaseBackup => Path.Combine(Folder, "pg_basebackup");

    public string PgVerifyBackup => Path.Combine(Folder, "pg_verifybackup");

    /// <summary>Those of the setting alone, else those of PATH and of the distribution's folders: the version the data folder was made by, else the newest.</summary>
    /// <exception cref="RefusalException">There are none, or none of the data folder's version.</exception>
    public static async Task<PostgresBinaries> FindAsync(string? setting, int? madeBy, string clusterFolder, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in setting is null ? Places() : [setting])
        {
            if (await AtAsync(folder, ct) is { } binaries && binaries.Major >= Oldest)
                found.Add(binaries);
        }
        if (found.Count == 0)
            throw new RefusalException(Missing(setting));
        if (madeBy is null)
            return found.MaxBy(binaries => binaries.Major)!;
        return found.FirstOrDefault(binaries => binaries.Major == madeBy) ?? throw new RefusalException(
            $"The data in {clusterFolder} was made by PostgreSQL {madeBy}, and here is only PostgreSQL {string.Join(", ", found.Select(binaries => binaries.Major).Distinct())} ({found[0].Folder}). "
            + $"Install version {madeBy} (sudo apt-get install postgresql-{madeBy}), or move the data with pg_upgrade; nothing was changed.");
    }

    private static string Missing(string? setting) => setting is null
        ? $"PostgreSQL {Oldest} or newer is not installed on this machine: install it with 'sudo apt-get update && sudo apt-get install -y postgresql', or name your own server in database.connectionString."
        : $"database.binaries = '{setting}': there is no postgres, initdb and pg_ctl of version {Oldest} or newer in this folder. Install them with 'sudo apt-get install -y postgresql', or correct the setting.";

    private static IEnumerable<string> Places()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var distribution = new[] { "/usr/lib/postgresql", "/usr/local/pgsql" }
            .Where(Directory.Exists)
            .SelectMany(parent => Directory.GetDirectories(parent).Select(version => Path.Combine(version, "bin")).Append(Path.Combine(parent, "bin")));
        return path.Concat(distribution).Select(Real).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The folder the programs really lie in: PATH often holds links only, and PostgreSQL looks for its other programs beside itself.</summary>
    private static string Real(string folder)
    {
        var postgres = new FileInfo(Path.Combine(folder, "postgres"));
        return postgres.Exists && postgres.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Path.GetDirectoryName(target.FullName)! : folder;
    }

    private static async Task<PostgresBinaries?> AtAsync(string folder, CancellationToken ct)
    {
        if (!new[] { "postgres", "initdb", "pg_ctl" }.All(program => File.Exists(Path.Combine(folder, program))))
            return null;
        var answer = await Programs.RunAsync([Path.Combine(folder, "postgres"), "--version"], ct);
        var version = Version().Match(answer.Output);
        return version.Success ? new PostgresBinaries(folder, int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
