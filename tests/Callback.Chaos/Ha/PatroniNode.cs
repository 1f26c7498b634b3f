using System.Globalization;

namespace Callback.Chaos.Ha;

/// <summary>One data node: Patroni's agent and the PostgreSQL it looks after.</summary>
internal sealed class PatroniNode
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Daemon agent;

    private PatroniNode(string name, string folder, int port, int apiPort, string file)
    {
        (Name, Folder, Port, ApiPort) = (name, folder, port, apiPort);
        agent = new(folder, "patroni.log", "patroni", file);
    }

    public string Name { get; }

    public string Folder { get; }

    public int Port { get; }

    public int ApiPort { get; }

    public static async Task<PatroniNode> MakeAsync(string name, string root, string etcd, string binaries, string password)
    {
        var folder = Folders.Make(Path.Combine(root, name));
        var (port, apiPort) = (Ports.Free(), Ports.Free());
        var file = await Template.FillAsync("patroni.yml", folder, new Dictionary<string, string>
        {
            ["node"] = name,
            ["address"] = "127.0.0.1",
            ["network"] = "127.0.0.1/32",
            ["port"] = Ports.Text(port),
            ["apiPort"] = Ports.Text(apiPort),
            ["etcd"] = etcd,
            ["folder"] = folder,
            ["binaries"] = binaries,
            ["password"] = password,
        });
        return new(name, folder, port, apiPort, file);
    }

    public void Start() => agent.Start();

    /// <summary>A power cut of the node: agent and server at once.</summary>
    public void Kill()
    {
        agent.Send(Signal.Kill);
        if (Postmaster() is { } id)
            Daemon.Send(id, Signal.Kill);
    }

    /// <summary>The agent stands still while its PostgreSQL works on: it can't hear that another node took over.</summary>
    public void Freeze() => agent.Send(Signal.Stop);

    public void Thaw() => agent.Send(Signal.Continue);

    public bool Runs => agent.Runs;

    public async Task StopAsync()
    {
        await agent.StopAsync(Patience);
        if (Postmaster() is { } id)
            Daemon.Send(id, Signal.Kill);
    }

    private int? Postmaster()
    {
        var file = Path.Combine(Folder, "data", "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
