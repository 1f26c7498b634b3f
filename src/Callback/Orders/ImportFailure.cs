namespace Callback.Orders;

/// <summary>Why a whole file was refused, or an import ended early; the screens' text is <c>problem.{code}</c>.</summary>
public static class ImportFailure
{
    /// <summary>No format has all its required columns in this header. Values: nearest, missing.</summary>
    public const string HeaderUnknown = "import-header-unknown";

    /// <summary>The named format does not exist. Values: format, known.</summary>
    public const string FormatUnknown = "import-format-unknown";

    public const string Empty = "import-empty";
    public const string Unreadable = "import-unreadable";
    public const string TooLarge = "import-too-large";
    public const string TooManyRows = "import-too-many-rows";
    public const string ZipBomb = "import-zip-bomb";
    public const string WorkbookTooLarge = "import-workbook-too-large";

    /// <summary>The given export time lies in the future.</summary>
    public const string AsOfInFuture = "import-as-of-in-future";

    /// <summary>The program ended while it was importing; what it had reported as imported is kept. Import the file again.</summary>
    public const string Interrupted = "import-interrupted";
}
