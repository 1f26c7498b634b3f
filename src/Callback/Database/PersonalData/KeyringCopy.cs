using Callback.Database.Embedded;

namespace Callback.Database.PersonalData;

/// <summary>A copy of the keys for a safe place. Beside a backup it would undo the encryption, so that is refused.</summary>
public sealed record KeyringCopy
{
    /// <param name="file">Where; a copy of the same keys that is there already is left as it is.</param>
    /// <param name="backup">The folder it must not lie in.</param>
    /// <exception cref="RefusalException">It lies in the backup, or another file is there.</exception>
    public KeyringCopy(string file, string backup)
    {
        if (file.StartsWith(backup + "/", StringComparison.Ordinal) || file == backup)
            throw new RefusalException($"{file} lies in the backup. Who steals the backup would have its keys, too: name a file in another place.");
        if (!Directory.Exists(Path.GetDirectoryName(file)))
            throw new RefusalException($"There is no folder {Path.GetDirectoryName(file)} for the keys.");
        File = file;
    }

    public string File { get; }

    public void Write(Keyring keyring)
    {
        if (!System.IO.File.Exists(File))
            SecretFile.Write(File, keyring.ToJson());
        else if (System.IO.File.ReadAllText(File) != keyring.ToJson())
            throw new RefusalException($"{File} exists and does not hold these keys. It is left alone: older backups may need it. Name another file.");
    }
}
