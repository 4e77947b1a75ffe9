package io.github.surprisal.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Failures of commands as sentences. */
public final class Failure {
  private Failure() {}

  /** Why a file cannot be read as results, or null if it can be opened. */
  public static String ofReading(Path file) {
    if (!Files.exists(file)) {
      return file + " does not exist.";
    }
    if (Files.isDirectory(file)) {
      return file + " is a directory, expected a file.";
    }
    return Files.isReadable(file) ? null : "There is no permission to read " + file + ".";
  }

  /** Why a file cannot be written, or null if nothing is in the way. */
  public static String ofWriting(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      return file + " is a directory, expected a file.";
    }
    if (!Files.isDirectory(folder)) {
      return folder + " is no directory, expected one for " + file.getFileName() + ".";
    }
    boolean isWritable = Files.exists(file) ? Files.isWritable(file) : Files.isWritable(folder);
    return isWritable ? null : "There is no permission to write " + file + ".";
  }

  /** One sentence. */
  public static String describe(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException e -> e.getFile() + " does not exist.";
      case AccessDeniedException e -> "There is no permission for " + e.getFile() + ".";
      case NotDirectoryException e -> e.getFile() + " is no directory.";
      case FileSystemException e -> e.getFile() + " cannot be used: " + e.getReason() + ".";
      case JsonProcessingException e -> "The JSON cannot be read: " + e.getOriginalMessage() + ".";
      case FileNotFoundException e -> "A file cannot be opened: " + e.getMessage() + ".";
      default ->
          failure.getMessage() == null ? "It failed with " + failure + "." : failure.getMessage();
    };
  }
}
