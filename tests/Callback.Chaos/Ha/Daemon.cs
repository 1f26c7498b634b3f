using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Callback.Chaos.Ha;

internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>
/// A server of the database side that runs as the account <c>postgres</c>, because PostgreSQL and Patroni refuse root. What it says goes to a file in its folder.
/// </summary>
internal sealed class Daemon(string folder, string log, params string[] command)
{
    private static readonly string[] AsPostgres = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private Process? process;

    public bool Runs => process is { HasExited: false };

    public int Id => process!.Id;

    public void Start()
    {
        process?.Dispose();
        // The shell only opens the log and is replaced, so the id is the server's own and its output needs no reader here.
        process = Begin(["/bin/sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Path.Combine(folder, log), .. command], "/");
    }

    public void Send(Signal signal)
    {
        if (Runs)
            Send(Id, signal);
    }

    /// <summary>Asks it to stop, and kills it when it does not within the time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (process is null)
            return;
        Send(Signal.Continue);
        Send(Signal.Terminate);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Send(Signal.Kill);
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
    }

    /// <returns>Whether there was such a process.</returns>
    public static bool Send(int id, Signal signal) => Kill(id, (int)signal) == 0;

    /// <summary>Runs a command as that account to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public static async Task RunAsync(TimeSpan patience, params string[] command)
    {
        using var run = Begin(["/bin/sh", "-c", "exec \"$@\" 2>&1 </dev/null", "sh", .. command], "/", read: true);
        using var limit = new CancellationTokenSource(patience);
        var said = await run.StandardOutput.ReadToEndAsync(limit.Token);
        await run.WaitForExitAsync(limit.Token);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {said}");
    }

    private static Process Begin(IReadOnlyList<string> command, string folder, bool read = false)
    {
        string[] all = [.. AsPostgres, .. command];
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = folder, RedirectStandardOutput = read };
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int id, int signal);
}
