using System.Diagnostics;

namespace Callback.Chaos.Ground;

/// <summary>Starts programs, and keeps a list of those that run, so that none outlives the harness.</summary>
internal static class Shell
{
    private static readonly HashSet<int> Running = [];

    static Shell() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit, and was killed.</exception>
    public static async Task<(int Code, string Output, string Error)> RunAsync(IReadOnlyList<string> words, TimeSpan limit, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = StartOf(words, environment);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await Wait.ExitAsync(process, limit);
            return (process.ExitCode, await output.WaitAsync(limit, TimeProvider.System), await error.WaitAsync(limit, TimeProvider.System));
        }
        catch (TimeoutException)
        {
            Signals.KillNow(process.Id);
            throw new TimeoutException($"'{string.Join(' ', words.Take(4))} …' ran longer than {limit.TotalSeconds:0} s.");
        }
    }

    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<string> DemandAsync(IReadOnlyList<string> words, TimeSpan limit, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (code, output, error) = await RunAsync(words, limit, environment);
        return code == 0 ? output : throw new InvalidOperationException($"'{string.Join(' ', words.Take(6))}' ended with {code}: {error}{output}");
    }

    /// <summary>Starts a program whose output goes straight into a file: nobody has to read it, and it survives the program.</summary>
    public static Process Launch(IReadOnlyList<string> words, string log, IReadOnlyDictionary<string, string>? environment = null)
    {
        // exec: the process that we see is the program's own.
        var start = StartOf(["/bin/sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", log, .. words], environment);
        var process = Process.Start(start)!;
        lock (Running)
            Running.Add(process.Id);
        return process;
    }

    /// <summary>The process has ended: its id may be somebody else's from now on.</summary>
    public static void Forget(Process process)
    {
        lock (Running)
            Running.Remove(process.Id);
    }

    /// <summary>The same program as account postgres where we are root: PostgreSQL refuses to run as root.</summary>
    public static IReadOnlyList<string> AsPostgres(params IReadOnlyList<string> words) =>
        Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. words] : words;

    private static ProcessStartInfo StartOf(IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CALLBACK", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    private static void KillAll()
    {
        lock (Running)
            foreach (var pid in Running)
            {
                foreach (var child in Signals.ChildrenOf(pid))
                    Signals.KillNow(child);
                Signals.KillNow(pid);
            }
    }
}
