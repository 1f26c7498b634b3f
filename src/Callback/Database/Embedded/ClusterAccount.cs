namespace Callback.Database.Embedded;

/// <summary>
/// The account PostgreSQL runs as. It refuses to run as root; so under root it runs as the account <c>postgres</c> that its packages make, and everybody else runs it as themselves.
/// </summary>
internal sealed class ClusterAccount
{
    private const string Name = "postgres";

    private readonly string[] prefix;

    private ClusterAccount(string[] prefix) => this.prefix = prefix;

    private bool Other => prefix.Length > 0;

    /// <exception cref="RefusalException">We are root and there is no account postgres.</exception>
    public static async Task<ClusterAccount> FindAsync(CancellationToken ct)
    {
        if (Environment.UserName != "root" && (await Programs.RunAsync(["id", "-u"], ct)).Output.Trim() != "0")
            return new ClusterAccount([]);
        if (!(await Programs.RunAsync(["id", "-u", Name], ct)).Done)
            throw new RefusalException($"PostgreSQL refuses to run as root, and there is no account '{Name}' to run it as. Make one (useradd --system {Name}), or start this program as another user.");
        return new ClusterAccount(["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--"]);
    }

    public Task<ProgramAnswer> RunAsync(IReadOnlyList<string> command, CancellationToken ct) => Programs.RunAsync([.. prefix, .. command], ct);

    /// <summary>Makes the folder if it is missing, closed to all but this account.</summary>
    public async Task MakeFolderAsync(string folder, CancellationToken ct) =>
        Expect(await Programs.RunAsync(Other ? ["install", "-d", "-m", "0700", "-o", Name, "-g", Name, folder] : ["install", "-d", "-m", "0700", folder], ct), folder);

    /// <summary>Everything in the folder becomes this account's.</summary>
    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        if (Other)
            Expect(await Programs.RunAsync(["chown", "--recursive", $"{Name}:{Name}", folder], ct), folder);
    }

    /// <summary>A file only this account (and root) can read.</summary>
    public async Task WriteSecretAsync(string file, string text, CancellationToken ct)
    {
        SecretFile.Write(file, text);
        if (Other)
            Expect(await Programs.RunAsync(["chown", $"{Name}:{Name}", file], ct), file);
    }

    /// <exception cref="RefusalException">The account cannot reach the folder, because one above it is closed; names that one.</exception>
    public async Task DemandEntryAsync(string folder, CancellationToken ct)
    {
        if (!Other || (await RunAsync(["test", "-x", folder], ct)).Done)
            return;
        var parents = new Stack<string>();
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
            parents.Push(above);
        foreach (var above in parents)
        {
            if (!(await RunAsync(["test", "-x", above], ct)).Done)
                throw new RefusalException(
                    $"PostgreSQL runs as the account '{Name}' (it refuses root), which may not enter {above}. "
                    + $"Name a data folder elsewhere (--data /var/lib/callback), or open the way with 'chmod o+x {above}'.");
        }
        throw new RefusalException($"PostgreSQL runs as the account '{Name}' (it refuses root), which may not enter {folder}.");
    }

    private static void Expect(ProgramAnswer answer, string path)
    {
        if (!answer.Done)
            throw new RefusalException(Faults.Sentence($"{path} could not be made", answer.Error, path));
    }
}
