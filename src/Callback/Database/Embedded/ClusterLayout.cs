using System.Globalization;

namespace Callback.Database.Embedded;

/// <summary>What lies where in the data folder.</summary>
internal sealed record ClusterLayout(string DataFolder)
{
    /// <summary>PostgreSQL's own folder.</summary>
    public string Cluster { get; init; } = Path.Combine(DataFolder, "postgres");

    /// <summary>Where a cluster is made before it takes its place, so that a half-made one is never found.</summary>
    public string Unfinished => Path.Combine(DataFolder, "postgres.new");

    /// <summary>Stands while a restored cluster takes its place: an interruption there must not look like an empty folder, in which a new database is made.</summary>
    public string RestoreNote => Path.Combine(DataFolder, "restore-interrupted");

    public string Keyring => Path.Combine(DataFolder, "keyring.json");

    public string Socket => Path.Combine(DataFolder, "run");

    public string SocketNote => Path.Combine(DataFolder, "socket-folder");

    public string SuperuserPassword => Path.Combine(DataFolder, "postgres-superuser.password");

    public string Password => Path.Combine(DataFolder, "postgres.password");

    /// <summary>Held by <c>serve</c> for as long as it runs.</summary>
    public string ServeLock => Path.Combine(DataFolder, "serve.lock");

    public string ServePid => Path.Combine(DataFolder, "serve.pid");

    /// <summary>Held while the cluster is started or stopped.</summary>
    public string StartStopLock => Path.Combine(DataFolder, "start-stop.lock");

    /// <summary>Held, shared, by every process that uses the cluster; the last one out stops it.</summary>
    public string UseLock => Path.Combine(DataFolder, "use.lock");

    public string Settings => Path.Combine(Cluster, "callback.conf");

    public string StartLog => Path.Combine(DataFolder, "postgres-start.log");

    /// <summary>The same folder, with the cluster where it is made.</summary>
    public ClusterLayout OfUnfinished() => this with { Cluster = Unfinished };

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>The major version that made the cluster, or null when there is none.</summary>
    public int? MadeBy()
    {
        var file = Path.Combine(Cluster, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    /// <summary>The socket folder of the running server, or null when none runs.</summary>
    public string? RunningSocket()
    {
        var lines = File.Exists(PidFile) ? File.ReadAllLines(PidFile) : [];
        return lines.Length >= 5 && IsPostgres(lines[0]) ? lines[4].Split(',')[0].Trim() : null;
    }

    /// <summary>A pid file that outlived its server must not stand in the way when another program was given the same number.</summary>
    public void ForgetDeadServer()
    {
        if (File.Exists(PidFile) && File.ReadLines(PidFile).FirstOrDefault() is { } pid && !IsPostgres(pid))
            File.Delete(PidFile);
    }

    /// <summary>The last lines the server wrote, at its start or since.</summary>
    public string LastWords()
    {
        var log = Path.Combine(Cluster, "log");
        var newest = Directory.Exists(log) ? new DirectoryInfo(log).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Take(1).Select(file => file.FullName) : [];
        return string.Join('\n', newest.Prepend(StartLog).Where(File.Exists).SelectMany(file => File.ReadLines(file).TakeLast(15)));
    }

    private static bool IsPostgres(string pid)
    {
        var name = $"/proc/{pid.Trim()}/comm";
        try
        {
            return File.Exists(name) && File.ReadAllText(name).Trim() is "postgres" or "postmaster";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
