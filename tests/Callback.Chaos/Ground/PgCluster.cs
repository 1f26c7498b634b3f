using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Callback.Chaos.Ground;

/// <summary>A PostgreSQL of the run's own, made to be stopped, killed and started. Whatever a process's death can lose, its death loses here: fsync and whole pages are on.</summary>
internal sealed class PgCluster : IDatabaseServer
{
    /// <summary>Owns the database and is no superuser: what the program is.</summary>
    public const string Role = IDatabaseServer.Role;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly string log;
    private Process? postmaster;

    private PgCluster(string folder, int port) => (this.folder, log, Port) = (folder, folder + ".log", port);

    public int Port { get; }

    public string DataFolder => folder;

    public bool Runs => postmaster is { HasExited: false };

    /// <summary>As the program would connect, straight to the server; <paramref name="port"/>: through a proxy instead.</summary>
    public string ConnectionString(int? port = null, string user = Role, string database = Role) =>
        $"Host=127.0.0.1;Port={port ?? Port};Username={user};Database={database};Timeout=5";

    /// <summary>A new cluster with role and database, started.</summary>
    public static async Task<PgCluster> CreateAsync(RunFolder run, string name = "postgres")
    {
        var cluster = new PgCluster(await FolderAsync(run, name), Places.FreePort());
        await Shell.DemandAsync(
            Shell.AsPostgres(Tool("initdb"), $"--pgdata={cluster.folder}", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums"), Patience);
        await cluster.StartAsync();
        await cluster.ExecuteAsync($"create role {Role} login", "postgres");
        await cluster.ExecuteAsync($"grant pg_monitor to {Role}", "postgres");
        await cluster.ExecuteAsync($"create database {Role} owner {Role}", "postgres");
        return cluster;
    }

    /// <summary>A standby of this cluster that follows through <paramref name="port"/> (the cluster's own, or a proxy's), asynchronously; started.</summary>
    public async Task<PgCluster> StandbyAsync(RunFolder run, string name, int port)
    {
        var standby = new PgCluster(await FolderAsync(run, name), Places.FreePort());
        await Shell.DemandAsync(
            Shell.AsPostgres(Tool("pg_basebackup"), $"--pgdata={standby.folder}", "--host=127.0.0.1", $"--port={port}", "--username=postgres", "--write-recovery-conf", "--checkpoint=fast", "--no-sync"),
            Patience);
        await standby.StartAsync();
        return standby;
    }

    /// <summary>A base backup with the log it needs.</summary>
    public async Task BackUpAsync(string into)
    {
        // PostgreSQL starts on no folder that others may read.
        File.SetUnixFileMode(into, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Environment.UserName == "root")
            await Shell.DemandAsync(["chown", "postgres", into], Patience);
        await Shell.DemandAsync(
            Shell.AsPostgres(Tool("pg_basebackup"), $"--pgdata={into}", "--host=127.0.0.1", $"--port={Port}", "--username=postgres", "--checkpoint=fast", "--no-sync"), Patience);
    }

    /// <summary>The backup in the place of the data folder, on the same port.</summary>
    /// <param name="backup">Of <see cref="BackUpAsync"/>; used up.</param>
    /// <param name="newTimeline">Recovered as to a point in time, which ends on a timeline of its own; false: as it was copied.</param>
    public async Task PutBackAsync(string backup, bool newTimeline)
    {
        await KillAsync();
        Directory.Move(folder, folder + ".replaced");
        Directory.Move(backup, folder);
        if (newTimeline)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "recovery.signal"), "");
            await File.AppendAllTextAsync(Path.Combine(folder, "postgresql.auto.conf"), "restore_command = 'false'\n");
        }
        await StartAsync();
        await Wait.UntilAsync("the end of the recovery", Patience, async () => !await this.OneAsync<bool>("select pg_is_in_recovery()", "postgres"));
    }

    /// <summary>Makes a standby the primary.</summary>
    public async Task PromoteAsync()
    {
        await this.ExecuteAsync("select pg_promote(true, 30)", "postgres");
        await Wait.UntilAsync("the promotion", Patience, async () => !await this.OneAsync<bool>("select pg_is_in_recovery()", "postgres"));
    }

    /// <returns>How long it took until it answered.</returns>
    public async Task<TimeSpan> StartAsync()
    {
        var clock = Stopwatch.StartNew();
        postmaster = Shell.Launch(Shell.AsPostgres([Tool("postgres"), "-D", folder, "-p", Port.ToString(CultureInfo.InvariantCulture), .. Settings()]), log);
        await Wait.UntilAsync("the start of PostgreSQL", Patience, AnswersAsync);
        return clock.Elapsed;
    }

    /// <summary><c>pg_ctl stop -m immediate</c>: no checkpoint, the next start recovers.</summary>
    public async Task StopImmediatelyAsync()
    {
        Signals.QuitNow(postmaster!.Id);
        await GoneAsync();
    }

    /// <summary>Ends in order.</summary>
    public async Task StopAsync()
    {
        Signals.Interrupt(postmaster!.Id);
        await GoneAsync();
    }

    /// <summary>The power goes: postmaster and every backend at once.</summary>
    public async Task KillAsync()
    {
        var pid = postmaster!.Id;
        // Held still first, so that no child is born while the others are counted.
        Signals.Pause(pid);
        var children = Signals.ChildrenOf(pid);
        Signals.KillNow(pid);
        foreach (var child in children)
            Signals.KillNow(child);
        await GoneAsync();
        await Wait.UntilAsync("the end of PostgreSQL's processes", Patience, () => Task.FromResult(children.All(child => !Directory.Exists($"/proc/{child}"))));
    }

    /// <summary>The processes stop where they are, and go on with <see cref="Resume"/>.</summary>
    public void Pause()
    {
        Signals.Pause(postmaster!.Id);
        foreach (var child in Signals.ChildrenOf(postmaster.Id))
            Signals.Pause(child);
    }

    public void Resume()
    {
        foreach (var child in Signals.ChildrenOf(postmaster!.Id))
            Signals.Resume(child);
        Signals.Resume(postmaster.Id);
    }

    public async ValueTask DisposeAsync()
    {
        if (Runs)
            await KillAsync();
        postmaster?.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (postmaster is { HasExited: true })
            throw new InvalidOperationException($"PostgreSQL ended at its start; see {log}");
        try
        {
            return await this.OneAsync<int>("select 1", "postgres") == 1;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    private async Task GoneAsync()
    {
        await Wait.ExitAsync(postmaster!, Patience);
        Shell.Forget(postmaster!);
    }

    private IEnumerable<string> Settings() => new[]
    {
        "listen_addresses=127.0.0.1", $"unix_socket_directories={Path.GetDirectoryName(folder)}", "max_connections=300", "shared_buffers=128MB", "fsync=on", "full_page_writes=on",
        "synchronous_commit=on", "wal_level=replica", "max_wal_senders=10", "hot_standby=on", "checkpoint_timeout=60s", "max_wal_size=512MB", "wal_sender_timeout=5s",
        "wal_receiver_timeout=5s", "wal_retrieve_retry_interval=200ms", "log_line_prefix=%m [%p] ",
    }.SelectMany(setting => new[] { "-c", setting });

    private static async Task<string> FolderAsync(RunFolder run, string name)
    {
        var folder = Path.Combine(run.Folder(name), "data");
        // PostgreSQL's own account makes the folder it works in.
        if (Environment.UserName == "root")
            await Shell.DemandAsync(["chown", "postgres", Path.GetDirectoryName(folder)!], Patience);
        return folder;
    }

    private static string Tool(string name) => Path.Combine(Places.Postgres, name);
}
