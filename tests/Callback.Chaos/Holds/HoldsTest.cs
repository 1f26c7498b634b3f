using System.Diagnostics;
using System.Globalization;
using Callback.Chaos.Ground;
using Callback.Planning;

namespace Callback.Chaos.Holds;

/// <summary>T1: eight processes of 32 agents take cards and give them back; some processes are killed with cards in their agents' hands.</summary>
internal static class HoldsTest
{
    private const int Workers = 8;
    private const int Agents = 32;
    private const int Calls = 20_000;

    /// <summary>Cards a second over all.</summary>
    private const int DefaultPace = 400;

    private static readonly TimeSpan MostP99 = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RunOut = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(5);

    public static ChaosTest Test { get; } = new("T1", "8 processes × 32 agents hold and release: no card in two hands", RunAsync);

    private static async Task<ChaosRow> RunAsync(ChaosOptions options, CancellationToken ct)
    {
        var run = RunFolder.Create("T1", options.Seed);
        var row = await RunAsync(run, options, ct);
        if (row.Passed && !options.Keep)
            run.Remove();
        return row;
    }

    private static async Task<ChaosRow> RunAsync(RunFolder run, ChaosOptions options, CancellationToken ct)
    {
        await using var cluster = await PgCluster.CreateAsync(run);
        await using var stage = await HoldGround.FurnishAsync(cluster, Calls, ct);
        var crew = new Crew(run, cluster, options.Pace ?? DefaultPace);
        var wanted = options.Holds ?? (options.Long ? 1_000_000 : 20_000);
        var kills = options.Kills ?? (options.Long ? 20 : 2);
        var (books, clock, killed) = (new HoldBooks(), Stopwatch.StartNew(), 0);
        using var off = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var expiring = ExpireAsync(stage, off.Token);
        for (var number = 0; number < Workers; number++)
            crew.Start(number);
        for (var report = Report; books.Told < wanted; books.Read(crew.Books))
        {
            await Wait.ForAsync(TimeSpan.FromMilliseconds(250), ct);
            if (books.Told * (kills + 1L) / wanted > killed)
                await crew.ReplaceAsync(killed++ % Workers);
            crew.DemandAlive();
            if (clock.Elapsed < report)
                continue;
            report += Report;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {books.Told,9:#,##0} of {wanted:#,##0} holds, {books.Told / clock.Elapsed.TotalSeconds:0}/s, p99 {books.P99:0.0} ms, {killed} processes killed"));
        }
        var took = clock.Elapsed;
        await crew.StopAsync();
        await Wait.UntilAsync(
            "that the dead agents' holds run out", RunOut, async () => await cluster.OneAsync<long>("select count(*) from queued_calls where hold_id is not null") == 0, TimeSpan.FromSeconds(1), ct);
        await off.CancelAsync();
        var expired = await expiring;
        books.Read(crew.Books);
        var faults = new List<string>(await books.FaultsAsync(cluster));
        var doubles = faults.Count;
        if (books.P99 > MostP99.TotalMilliseconds)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"p99 is {books.P99:0.0} ms, {MostP99.TotalMilliseconds:0} are allowed"));
        if (killed < kills || (killed > 0 && expired == 0))
            faults.Add($"{killed} of {kills} processes were killed, and {expired} of their holds ran out");
        return new("T1", string.Create(
            CultureInfo.InvariantCulture,
            $"{books.Told:#,##0} holds by {Workers} processes × {Agents} agents, {doubles} double; {books.Told / took.TotalSeconds:0} a second, median {books.Median:0.0} ms, p99 {books.P99:0.0} ms; {killed} processes killed, {expired} holds ran out"), faults);
    }

    /// <summary>The pass that gives back what ran out, as any node runs it.</summary>
    private static async Task<int> ExpireAsync(Stage stage, CancellationToken stop)
    {
        var expired = 0;
        while (!stop.IsCancellationRequested)
        {
            expired += (await stage.Get<ExpireHolds>().RunOnceAsync(Wait.Now, CancellationToken.None)).Holds;
            await Wait.QuietlyAsync(TimeSpan.FromSeconds(1), stop);
        }
        return expired;
    }

    /// <summary>The worker processes.</summary>
    private sealed class Crew(RunFolder run, PgCluster cluster, int pace)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly Process?[] workers = new Process?[Workers];
        private readonly string stopFile = run.File("stop");

        public IEnumerable<string> Books => Enumerable.Range(0, Workers).Select(Book);

        public void Start(int number) => workers[number] = Shell.Launch(
            [Environment.ProcessPath!, HoldWorker.Verb, cluster.ConnectionString(), Book(number), stopFile, $"{Agents}", $"{Workers * Agents * 1000 / pace}"],
            run.File($"worker-{number}.log"),
            new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" });

        /// <summary>SIGKILL, with cards in hands; another process with new agents takes the place and writes on in the book, on a line of its own.</summary>
        public async Task ReplaceAsync(int number)
        {
            Signals.KillNow(workers[number]!.Id);
            await EndAsync(workers[number]!);
            Mend(Book(number));
            Start(number);
        }

        public void DemandAlive()
        {
            if (workers.FirstOrDefault(worker => worker!.HasExited) is { } dead)
                throw new InvalidOperationException($"A worker ended with {dead.ExitCode}; see {run.Root}.");
        }

        public async Task StopAsync()
        {
            await File.WriteAllTextAsync(stopFile, "");
            await Task.WhenAll(workers.Select(worker => EndAsync(worker!)));
        }

        private static async Task EndAsync(Process worker)
        {
            await Wait.ExitAsync(worker, Patience);
            Shell.Forget(worker);
            worker.Dispose();
        }

        /// <summary>A line that the kill cut in two is dropped: it was told to nobody.</summary>
        private static void Mend(string book)
        {
            using var file = new FileStream(book, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            for (var end = file.Length; end > 0; end--)
            {
                file.Position = end - 1;
                if (file.ReadByte() == '\n')
                {
                    file.SetLength(end);
                    return;
                }
            }
        }

        private string Book(int number) => run.File($"holds-{number}.csv");
    }
}
