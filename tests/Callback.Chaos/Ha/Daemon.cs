using System.Diagnostics;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Ha;

/// <summary>A server of the database side, run as PostgreSQL's account because PostgreSQL and Patroni refuse root. What it says goes to a file in its folder.</summary>
internal sealed class Daemon(string log, params IReadOnlyList<string> command)
{
    private Process? process;

    public bool Runs => process is { HasExited: false };

    public void Start()
    {
        process?.Dispose();
        process = Shell.Launch(Shell.AsPostgres(command), log);
    }

    public void Kill()
    {
        if (Runs)
            Signals.KillNow(process!.Id);
    }

    public void Freeze()
    {
        if (Runs)
            Signals.Pause(process!.Id);
    }

    public void Thaw()
    {
        if (Runs)
            Signals.Resume(process!.Id);
    }

    /// <summary>Asks it to stop, and kills it when it does not within the time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (process is null)
            return;
        if (Runs)
        {
            Thaw();
            Signals.Terminate(process.Id);
            await Wait.ExitAsync(process, patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Kill();
            await Wait.ExitAsync(process, patience);
        }
        Shell.Forget(process);
    }
}
