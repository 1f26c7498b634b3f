using System.Diagnostics;

namespace Callback.Chaos.Ground;

/// <summary>One process of the program, as an operator starts it; made to be killed and paused.</summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process process;
    private readonly Stopwatch age = Stopwatch.StartNew();

    private Node(Process process, string name, Uri address) => (this.process, Id, Name, Address) = (process, process.Id, name, address);

    public string Name { get; }

    public Uri Address { get; }

    public int Id { get; }

    /// <summary>False also of a node that was taken away while somebody still had it in a list.</summary>
    public bool Runs
    {
        get
        {
            try
            {
                return !process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    public bool Paused { get; private set; }

    /// <summary>Since its start.</summary>
    public TimeSpan Age => age.Elapsed;

    /// <summary>Starts <c>callback serve</c>; it listens a little later (<see cref="ReadyAsync"/>).</summary>
    /// <param name="data">The data folder, shared by the nodes of one installation or not.</param>
    /// <param name="log">What it says is appended to this file.</param>
    /// <param name="settings">As <c>--set</c> takes them.</param>
    /// <param name="environment">Besides ours without everything that begins with CALLBACK.</param>
    public static Node Start(string name, string config, string data, string log, IEnumerable<string> settings, IReadOnlyDictionary<string, string> environment)
    {
        var address = new Uri($"http://127.0.0.1:{Places.FreePort()}");
        string[] words = [Places.Program, "serve", "--urls", address.AbsoluteUri.TrimEnd('/'), "--config", config, "--data", data, .. settings.SelectMany(setting => new[] { "--set", setting })];
        return new(Shell.Launch(words, log, environment), name, address);
    }

    /// <summary>Waits until it may be sent requests.</summary>
    /// <returns>Since its start.</returns>
    /// <exception cref="TimeoutException">It was not ready in time.</exception>
    public async Task<TimeSpan> ReadyAsync(TimeSpan limit, CancellationToken ct = default)
    {
        await Wait.UntilAsync($"that {Name} is ready", limit, () => IsReadyAsync(ct), TimeSpan.FromMilliseconds(100), ct);
        return Age;
    }

    /// <exception cref="InvalidOperationException">It has ended by itself.</exception>
    public async Task<bool> IsReadyAsync(CancellationToken ct = default)
    {
        if (!Runs)
            throw new InvalidOperationException($"{Name} ended with {process.ExitCode} before it was ready.");
        return await AsksAsync("/readyz", ct);
    }

    /// <summary>Whether it answers at all.</summary>
    public Task<bool> IsAliveAsync(CancellationToken ct = default) => Runs ? AsksAsync("/healthz", ct) : Task.FromResult(false);

    /// <summary>SIGKILL: nothing of its own runs any more.</summary>
    public async Task KillAsync()
    {
        Signals.KillNow(Id);
        await EndedAsync(Patience);
    }

    /// <summary>SIGSTOP: it stands still wherever it is.</summary>
    public void Pause()
    {
        Paused = true;
        Signals.Pause(Id);
    }

    public void Resume()
    {
        Signals.Resume(Id);
        Paused = false;
    }

    /// <summary>Waits for its end, however it comes.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public async Task<int> EndedAsync(TimeSpan limit)
    {
        await Wait.ExitAsync(process, limit);
        Shell.Forget(process);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (Runs)
            await KillAsync();
        process.Dispose();
    }

    private async Task<bool> AsksAsync(string path, CancellationToken ct)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, path), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (WireTrouble.Is(e) && !(e is TaskCanceledException && ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
