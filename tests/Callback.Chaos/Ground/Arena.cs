using System.Net;
using System.Text.Json;

namespace Callback.Chaos.Ground;

/// <summary>
/// A whole installation that can be hurt anywhere: its own PostgreSQL and phone network, a fault proxy before each, nodes of the test build, and the front door. Nothing here is
/// shared with the program: it is started, asked over HTTP, and its rows are looked at.
/// </summary>
internal sealed class Arena : IAsyncDisposable
{
    private static readonly TimeSpan VerbLimit = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, string> environment;
    private readonly List<Node> nodes = [];
    private readonly Lock gate = new();
    private int started;

    private Arena(RunFolder run, ArenaPlan plan, IDatabaseServer database, FakePhoneNetwork phones, string keyring)
    {
        (Run, Plan, Database, Phones, Keyring) = (run, plan, database, phones, keyring);
        DatabaseProxy = new(() => new(IPAddress.Loopback, Database.Port));
        PhoneProxy = new(phones.Address.Port);
        FrontDoor = new(() => Nodes);
        environment = new()
        {
            ["CALLBACK_KEYRING"] = keyring,
            ["CALLBACK__TELEPHONY__TWILIO__ACCOUNTSID"] = phones.AccountSid,
            ["CALLBACK__TELEPHONY__TWILIO__AUTHTOKEN"] = phones.AuthToken,
            ["CALLBACK_CHAOS_SQUEEZE"] = $"{plan.Squeeze}",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            // A node lives for seconds: compiling anew what is often called would take a third of what it does.
            ["DOTNET_TC_CallCounting"] = "0",
        };
        if (plan.Clock is { } clock)
            environment["CALLBACK_CLOCK"] = clock.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        if (plan.Without.Length > 0)
            environment["CALLBACK_CHAOS_WITHOUT"] = plan.Without;
    }

    public RunFolder Run { get; }

    public ArenaPlan Plan { get; }

    /// <summary>What the nodes work on; may be set to another one, and the proxy leads there.</summary>
    public IDatabaseServer Database { get; private set; }

    /// <summary>The same where it is one server of our own.</summary>
    public PgCluster Cluster
    {
        get => (PgCluster)Database;
        set => Database = value;
    }

    public FakePhoneNetwork Phones { get; }

    /// <summary>The installation's keys, as its nodes are given them.</summary>
    public string Keyring { get; }

    /// <summary>Between the nodes and PostgreSQL.</summary>
    public FaultProxy DatabaseProxy { get; }

    /// <summary>Between the nodes and the provider.</summary>
    public FaultProxy PhoneProxy { get; }

    public FrontDoor FrontDoor { get; }

    /// <summary>The run's own configuration; the nodes read it at their start.</summary>
    public string ConfigFolder => Path.Combine(Run.Root, "config");

    public IReadOnlyList<Node> Nodes
    {
        get
        {
            lock (gate)
                return [.. nodes];
        }
    }

    /// <summary>Everything but nodes: these are started when the shop is furnished (<see cref="StartNode"/>).</summary>
    /// <param name="database">Brings the database up; null: one server of our own.</param>
    public static async Task<Arena> OpenAsync(RunFolder run, ArenaPlan plan, Func<RunFolder, Task<IDatabaseServer>>? database = null)
    {
        await Shell.DemandAsync(["cp", "-r", Path.Combine(Places.Root, "config"), Path.Combine(run.Root, "config")], VerbLimit);
        var keyring = (await Shell.DemandAsync([Places.Program, "keyring"], VerbLimit)).Trim();
        var phones = FakePhoneNetwork.StartAsync(run, plan.ListLag);
        var server = database is null ? await PgCluster.CreateAsync(run) : await database(run);
        return new(run, plan, server, await phones, keyring);
    }

    /// <summary>Starts one more node; its place in <see cref="Nodes"/> is the last.</summary>
    /// <param name="extra">Environment of this node only, such as a crash point.</param>
    public Node StartNode(IReadOnlyDictionary<string, string>? extra = null)
    {
        var number = Interlocked.Increment(ref started);
        var mixed = new Dictionary<string, string>(environment);
        foreach (var (name, value) in extra ?? new Dictionary<string, string>())
            mixed[name] = value;
        var node = Node.Start($"node-{number}", ConfigFolder, Run.Folder("data"), Run.File($"node-{number}.log"), Settings(DatabaseProxy.Port), mixed);
        lock (gate)
            nodes.Add(node);
        return node;
    }

    /// <summary>A node that is dead: out of the list.</summary>
    public async Task RemoveAsync(Node node)
    {
        lock (gate)
            nodes.Remove(node);
        await node.DisposeAsync();
    }

    /// <summary>Runs a verb as an operator at the machine would, straight at the database.</summary>
    public Task<(int Code, string Output, string Error)> VerbAsync(params string[] words) => Shell.RunAsync(Words(words), VerbLimit, environment);

    /// <exception cref="InvalidOperationException">The verb failed.</exception>
    public async Task<JsonElement> DemandVerbAsync(params string[] words) =>
        JsonDocument.Parse(await Shell.DemandAsync([.. Words(words), "--json"], VerbLimit, environment)).RootElement;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await FrontDoor.DisposeAsync();
        await PhoneProxy.DisposeAsync();
        await DatabaseProxy.DisposeAsync();
        await Phones.DisposeAsync();
        await Database.DisposeAsync();
    }

    private IReadOnlyList<string> Words(string[] words) =>
        [Places.Program, .. words, "--config", ConfigFolder, "--data", Run.Folder("data"), .. Settings(Database.Port).SelectMany(setting => new[] { "--set", setting })];

    private IEnumerable<string> Settings(int databasePort) =>
    [
        $"database.connectionString={Database.ConnectionString(databasePort)}",
        $"telephony.twilio.baseAddress=http://127.0.0.1:{PhoneProxy.Port}",
        $"telephony.twilio.publicAddress={FrontDoor.Address.AbsoluteUri.TrimEnd('/')}",
        "telephony.twilio.callsPerSecond=30",
    ];
}
