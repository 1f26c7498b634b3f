using System.Globalization;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Ha;

/// <summary>One data node: Patroni's agent and the PostgreSQL it looks after.</summary>
internal sealed class PatroniNode
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string folder;
    private readonly Daemon agent;

    private PatroniNode(string name, string folder, int port, int apiPort, string file)
    {
        (Name, this.folder, Port, ApiPort) = (name, folder, port, apiPort);
        agent = new(folder + ".log", "patroni", file);
    }

    public string Name { get; }

    public int Port { get; }

    public int ApiPort { get; }

    public static async Task<PatroniNode> MakeAsync(RunFolder run, string name, int etcdPort, string password)
    {
        var folder = Template.Folder(run.Folder(name));
        var (port, apiPort) = (Places.FreePort(), Places.FreePort());
        var file = await Template.FillAsync("patroni.yml", folder, new Dictionary<string, string>
        {
            ["node"] = name,
            ["address"] = "127.0.0.1",
            ["network"] = "127.0.0.1/32",
            ["port"] = $"{port}",
            ["apiPort"] = $"{apiPort}",
            ["etcd"] = $"127.0.0.1:{etcdPort}",
            ["folder"] = folder,
            ["binaries"] = Places.Postgres,
            ["password"] = password,
        });
        return new(name, folder, port, apiPort, file);
    }

    public void Start() => agent.Start();

    /// <summary>What a service manager does.</summary>
    public void Revive()
    {
        if (!agent.Runs)
            agent.Start();
    }

    /// <summary>A power cut of the node: agent and server at once.</summary>
    public void Kill()
    {
        agent.Kill();
        Server(Signals.KillNow);
    }

    /// <summary>The agent stands still while its PostgreSQL works on: it can't hear that another node took over.</summary>
    public void Freeze() => agent.Freeze();

    public void Thaw() => agent.Thaw();

    /// <summary>PostgreSQL stands still while its agent works on.</summary>
    public void FreezeServer() => Server(Signals.Pause);

    public void ThawServer() => Server(Signals.Resume);

    public async Task StopAsync()
    {
        await agent.StopAsync(Patience);
        Server(Signals.KillNow);
    }

    /// <summary>The agent starts PostgreSQL apart from itself, so only its own file tells which process it is.</summary>
    private void Server(Action<int> signal)
    {
        var file = Path.Combine(folder, "data", "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var postmaster) || !IsPostgres(postmaster))
            return;
        var children = Signals.ChildrenOf(postmaster);
        signal(postmaster);
        foreach (var child in children)
            signal(child);
    }

    /// <summary>The file of a server that died may name a process that is somebody else's by now.</summary>
    private bool IsPostgres(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
