using System.Security.Cryptography;
using System.Text.Json;
using Callback.Database.Embedded;
using Callback.Database.PersonalData;

namespace Callback.Database.Recovery;

/// <summary>
/// A backup on disk: the cluster as <c>pg_basebackup</c> wrote it, the manifest, and the manifest's seal. The seal is made with the keyring, the manifest holds the hash of PostgreSQL's
/// list, the list the hash of every file: who changes one of them without the keys is found out. There is no key in it.
/// </summary>
internal sealed record BackupFolder(string Folder)
{
    private const int Form = 1;

    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Database => Path.Combine(Folder, "database");

    public string List => Path.Combine(Database, "backup_manifest");

    public string Manifest => Path.Combine(Folder, "manifest.json");

    public string Seal => Path.Combine(Folder, "manifest.seal");

    public void Write(BackupManifest manifest, Keyring keyring)
    {
        var json = JsonSerializer.Serialize(manifest, JsonForm);
        SecretFile.Write(Manifest, json);
        SecretFile.Write(Seal, Convert.ToHexStringLower(keyring.Seal(System.Text.Encoding.UTF8.GetBytes(json))) + "\n");
    }

    /// <exception cref="RefusalException">No backup, a changed one, one of a newer program, or one of other keys: says which.</exception>
    public BackupManifest Read(Keyring keyring)
    {
        if (!File.Exists(Manifest) || !File.Exists(Seal) || !File.Exists(List))
            throw new RefusalException($"{Folder} is no whole backup of this program: manifest.json, manifest.seal or database/backup_manifest is missing.");
        var bytes = File.ReadAllBytes(Manifest);
        var manifest = Parse(bytes);
        if (manifest.KeyringMark != Convert.ToHexStringLower(keyring.Mark) || !manifest.KeyIds.All(keyring.Encryption.ContainsKey))
            throw new RefusalException($"This keyring is not the one of the backup in {Folder}: its numbers could not be read. Name the right one with --keys.");
        if (File.ReadAllText(Seal).Trim() != Convert.ToHexStringLower(keyring.Seal(bytes)))
            throw new RefusalException($"{Manifest} was changed after the backup was made. Take another backup.");
        if (ListHash() != manifest.ListSha256)
            throw Damaged("database/backup_manifest is not the file that was written");
        return manifest;
    }

    /// <summary>The SHA-256 of PostgreSQL's list.</summary>
    public string ListHash()
    {
        using var file = File.OpenRead(List);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public RefusalException Damaged(string how) => new($"The backup in {Folder} is damaged: {how}. Take another backup; nothing was changed here.");

    public static int CurrentForm => Form;

    private BackupManifest Parse(byte[] bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(bytes, JsonForm) ?? throw Damaged("manifest.json is empty");
            return manifest.Form == Form ? manifest
                : throw new RefusalException($"The backup in {Folder} was made by a newer program ({manifest.Program}). Restore it with that version.");
        }
        catch (JsonException)
        {
            throw Damaged("manifest.json cannot be read");
        }
    }
}
