using System.Security.Cryptography;

namespace Callback.Database.Embedded;

/// <summary>The cluster in the data folder: made, started, stopped. Whoever calls holds the start-stop lock.</summary>
internal sealed class Cluster(ClusterLayout layout, ClusterAccount account, PostgresBinaries binaries)
{
    // Recovery after a crash reads the log of up to max_wal_size; ten minutes is far more than it needs.
    private const string Patience = "600";

    /// <summary>Makes the cluster if there is none: complete, or not at all.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        if (layout.MadeBy() is not null)
            return;
        await ClearUnfinishedAsync(ct);
        var passwordFile = Path.Combine(layout.DataFolder, "initdb.password");
        try
        {
            await account.WriteSecretAsync(layout.SuperuserPassword, RandomNumberGenerator.GetHexString(48, lowercase: true), ct);
            await account.WriteSecretAsync(passwordFile, await File.ReadAllTextAsync(layout.SuperuserPassword, ct), ct);
            await DemandAsync(
                $"The database could not be made in {layout.DataFolder}",
                [
                    binaries.Initdb, $"--pgdata={layout.Unfinished}", "--username=postgres", $"--pwfile={passwordFile}", "--auth=scram-sha-256",
                    "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
                ],
                ct);
            await File.AppendAllTextAsync(Path.Combine(layout.Unfinished, "postgresql.conf"), "\ninclude 'callback.conf'\ninclude_if_exists 'local.conf'\n", ct);
            Directory.Move(layout.Unfinished, layout.Cluster);
        }
        catch
        {
            await account.RunAsync(["rm", "-rf", layout.Unfinished], CancellationToken.None);
            throw;
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>Starts the server, or finds it running: left so by a program that was killed, or used by another one.</summary>
    /// <param name="wantedSocketFolder">Where the unix socket shall lie; null: in the data folder.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="further">Settings for this start only.</param>
    /// <returns>The socket folder.</returns>
    public async Task<string> StartAsync(string? wantedSocketFolder, CancellationToken ct, string further = "")
    {
        if (layout.RunningSocket() is { } running)
        {
            if (File.Exists(Path.Combine(running, $".s.PGSQL.{SocketFolder.Port}")))
                return running;
            // Someone tidied the folder of the socket away: nobody can come in any more.
            await StopAsync(ct);
        }
        layout.ForgetDeadServer();
        var socketFolder = SocketFolder.Choose(wantedSocketFolder ?? layout.Socket, layout.SocketNote);
        await account.MakeFolderAsync(socketFolder, ct);
        SecretFile.Write(layout.SocketNote, socketFolder + "\n");
        await account.WriteSecretAsync(layout.Settings, ClusterSizing.ForThisMachine(socketFolder) + further, ct);
        await account.WriteSecretAsync(layout.StartLog, "", ct);
        await DemandAsync(
            $"The database in {layout.DataFolder} did not start",
            [binaries.PgCtl, "start", "--wait", $"--timeout={Patience}", "--silent", $"--pgdata={layout.Cluster}", $"--log={layout.StartLog}"],
            ct);
        return socketFolder;
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (layout.RunningSocket() is not null)
            await DemandAsync($"The database in {layout.DataFolder} did not stop", [binaries.PgCtl, "stop", "--wait", $"--timeout={Patience}", "--silent", "--mode=fast", $"--pgdata={layout.Cluster}"], ct);
    }

    /// <summary>Removes what an interrupted making or restoring left, its server included.</summary>
    public async Task ClearUnfinishedAsync(CancellationToken ct)
    {
        var unfinished = layout.OfUnfinished();
        if (unfinished.RunningSocket() is not null)
            await account.RunAsync([binaries.PgCtl, "stop", "--wait", "--silent", "--mode=immediate", $"--pgdata={unfinished.Cluster}"], ct);
        await account.RunAsync(["rm", "-rf", unfinished.Cluster], ct);
    }

    private async Task DemandAsync(string what, IReadOnlyList<string> command, CancellationToken ct)
    {
        var answer = await account.RunAsync(command, ct);
        if (!answer.Done)
            throw new RefusalException(Faults.Sentence(what, $"{layout.LastWords()}\n{answer.Error}\n{answer.Output}", layout.DataFolder));
    }
}
