using Callback.Database.Embedded;
using Dapper;
using Npgsql;

namespace Callback.Database.PersonalData;

/// <summary>
/// Where the keys of personal data come from: the environment, else <c>keyring.json</c> in the data folder. A keyring that is not the database's own is refused:
/// with other blind indexes a suppressed number would not be recognised.
/// </summary>
public static class KeyringFile
{
    /// <param name="source">The database the keys belong to, at this program's schema.</param>
    /// <param name="environment">The value of CALLBACK_KEYRING: the keyring's JSON itself, or null.</param>
    /// <param name="dataFolder">The folder of <c>keyring.json</c>.</param>
    /// <param name="mayCreate">True with the program's own database: at its first start the keyring is made.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="RefusalException">There is no keyring where one must be, it is not readable, others can read it, or it belongs to another database.</exception>
    public static async Task<Keyring> LoadAsync(NpgsqlDataSource source, string? environment, string dataFolder, bool mayCreate, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var mark = await connection.QuerySingleAsync<byte[]?>(new CommandDefinition("select keyring_mark from installation", cancellationToken: ct));
        var path = Path.Combine(dataFolder, "keyring.json");
        var keyring = !string.IsNullOrWhiteSpace(environment) ? Parse(environment, "CALLBACK_KEYRING")
            : File.Exists(path) ? Read(path)
            : mayCreate && mark is null ? Create(path)
            : throw new RefusalException(
                $"The keys of personal data are missing: {path} does not exist and CALLBACK_KEYRING is not set. Put this database's keyring there; for a new database make one with 'callback keyring'.");
        if (mark is not null && !mark.AsSpan().SequenceEqual(keyring.Mark))
            throw new RefusalException("This keyring is not the one this database was filled with: numbers could not be read, and suppressed ones would not be recognised. Put the right one back.");
        await connection.ExecuteAsync(new CommandDefinition("update installation set keyring_mark = @Mark where keyring_mark is null", new { keyring.Mark }, cancellationToken: ct));
        return keyring;
    }

    /// <summary>The keyring for a database that is not open: of the file that is named, else of the environment, else of the data folder. Whether it is the right one is for the caller to see.</summary>
    /// <exception cref="RefusalException">There is none, or it is not readable.</exception>
    public static Keyring Find(string? named, string? environment, string dataFolder)
    {
        var path = named ?? Path.Combine(dataFolder, "keyring.json");
        if (named is null && !string.IsNullOrWhiteSpace(environment))
            return Parse(environment, "CALLBACK_KEYRING");
        return File.Exists(path) ? Parse(File.ReadAllText(path), path)
            : throw new RefusalException($"The keys of personal data are needed: {path} does not exist. Name the file with --keys, or put its text into CALLBACK_KEYRING.");
    }

    private static Keyring Create(string path)
    {
        var keyring = Keyring.Create();
        SecretFile.Write(path, keyring.ToJson());
        return keyring;
    }

    private static Keyring Read(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((File.GetUnixFileMode(path) & others) != 0)
            throw new RefusalException($"{path} is open to other accounts. Close it with 'chmod 600 {path}'.");
        return Parse(File.ReadAllText(path), path);
    }

    private static Keyring Parse(string json, string where)
    {
        try
        {
            return Keyring.Parse(json);
        }
        catch (FormatException e)
        {
            throw new RefusalException($"{where}: {e.Message}", e);
        }
    }
}
